import htmx from "htmx.org";

/** Sets htmx up so that no fragment can run code, reach another origin, or leave evidence text in the browser's storage. */
export function startHtmx(): void {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    selfRequestsOnly: true,
    // The policy forbids inline styles; the indicator's are not used.
    includeIndicatorStyles: false,
    historyEnabled: false,
    historyCacheSize: 0,
  });
  // Written when htmx is loaded, whatever its settings: the address of a page tells which exhibit was open.
  sessionStorage.removeItem("htmx-current-path-for-history");
}
