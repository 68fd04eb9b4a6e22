import "./styles/index.css";
import { watchConnection } from "./connection";
import { startHtmx } from "./htmx";
import { startKeys } from "./keys";
import { startPalette } from "./palette";
import { showPlace } from "./places";
import { watchPresence } from "./presence";

startHtmx();
watchConnection();
startPalette();
startKeys();
watchPresence();
showPlace();
// Larger than all the rest, and wanted on one page alone.
if (document.querySelector("[data-sending]")) {
  void import("./upload").then(({ startUploads }) => startUploads());
}
