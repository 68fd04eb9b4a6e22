/** The form in the header that locks the desk; it says after how many minutes without anybody the desk locks by itself. */
function lockForm(): HTMLFormElement | null {
  return document.querySelector("form[data-idle]");
}

const TELL_EVERY = 60_000;
const LOOK_EVERY = 5_000;

/**
 * Tells the desk that somebody reads or types here, at most once a minute, and leaves for the lock when nobody did for as
 * long as the desk allows. What the page asks by itself does not count.
 */
export function watchPresence(): void {
  const form = lockForm();
  if (!form) return;
  const limit = Number(form.dataset.idle) * 60_000;
  let seen = Date.now();
  let told = seen;

  function leave(): void {
    const here = window.location.pathname + window.location.search;
    window.location.assign(`/locked/?next=${encodeURIComponent(here)}`);
  }

  async function tell(body: FormData): Promise<void> {
    try {
      const answer = await fetch("/present/", { method: "POST", body, redirect: "manual" });
      if (answer.type === "opaqueredirect") leave();
    } catch {
      // The notice of `connection.ts` says that the desk does not answer; the next key tries again.
    }
  }

  function present(): void {
    seen = Date.now();
    if (form && seen - told >= TELL_EVERY) {
      told = seen;
      void tell(new FormData(form));
    }
  }

  for (const act of ["keydown", "pointerdown", "wheel"]) window.addEventListener(act, present, { passive: true });
  window.setInterval(() => {
    if (Date.now() - seen >= limit) leave();
  }, LOOK_EVERY);
}
