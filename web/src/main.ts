import "./styles/index.css";
import { watchConnection } from "./connection";
import { startHtmx } from "./htmx";

startHtmx();
watchConnection();
