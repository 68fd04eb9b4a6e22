const JUMP_WITHIN = 1500;
const TYPED_IN = "input, textarea, select, [contenteditable]";

/**
 * Single keys: `?` opens the help that lists them, `g` and a letter go to a place. Whoever dictates switches them off
 * (WCAG 2.2, 2.1.4); the browser remembers it, and the page says so in `data-keys`.
 */
export function startKeys(): void {
  const help = document.querySelector<HTMLDialogElement>("dialog#keys");
  if (!help) return;
  if (navigator.platform.startsWith("Mac"))
    for (const key of document.querySelectorAll("[data-mod]")) key.textContent = "⌘";
  for (const link of document.querySelectorAll<HTMLElement>("[data-keys-open]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      help.showModal();
    });
  }
  if (document.documentElement.dataset.keys === "on") listen(help);
}

function listen(help: HTMLDialogElement): void {
  let jumping = 0;
  document.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat;
    if (modified || target.closest(TYPED_IN) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      help.showModal();
    } else if (event.timeStamp - jumping < JUMP_WITHIN && /^[a-z]$/.test(event.key)) {
      jumping = 0;
      document.querySelector<HTMLElement>(`[data-jump="${event.key}"]`)?.click();
    } else {
      jumping = event.key === "g" ? event.timeStamp : 0;
    }
  });
}
