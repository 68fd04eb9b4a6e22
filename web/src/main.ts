import "./styles/index.css";
import { watchConnection } from "./connection";
import { startHtmx } from "./htmx";
import { startKeys } from "./keys";
import { startPalette } from "./palette";

startHtmx();
watchConnection();
startPalette();
startKeys();
