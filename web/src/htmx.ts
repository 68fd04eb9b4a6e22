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
}
