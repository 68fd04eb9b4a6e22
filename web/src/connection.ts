/** What htmx tells about a request; its own types leave `detail` open. */
type RequestEvent = CustomEvent<{ xhr: XMLHttpRequest; pathInfo: { requestPath: string } }>;

function pathOf(address: string): string {
  return new URL(address, window.location.href).pathname;
}

/** Shows the notice `#connection` while requests fail, and leaves for the sign-in page when a session has ended. */
export function watchConnection(): void {
  const notice = document.getElementById("connection");

  function tell(lost: boolean): void {
    if (notice) notice.hidden = !lost;
  }

  document.body.addEventListener("htmx:sendError", () => tell(true));
  document.body.addEventListener("htmx:responseError", () => tell(true));
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = (event as RequestEvent).detail;
    tell(xhr.status >= 400);
    // A redirect was followed on the way: the answer is another page (sign-in) and must not land inside this one.
    if (xhr.responseURL && pathOf(xhr.responseURL) !== pathOf(pathInfo.requestPath)) {
      event.preventDefault();
      window.location.reload();
    }
  });
}
