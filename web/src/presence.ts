/** The form in the header that locks the desk; it says after how many minutes without anybody the desk locks by itself. */
function lockForm(): HTMLFormElement | null {
  return document.querySelector("form[data-idle]");
}

const TELL_EVERY = 60_000;
const LOOK_EVERY = 5_000;

/** Locks the desk and takes everything off the page but what is being sent, which goes on. */
function cover(form: HTMLFormElement | null): void {
  const sending = document.querySelector<HTMLElement>("[data-sending]");
  if (!form || !sending || document.body.classList.contains("covered")) return;
  void fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => undefined);
  const main = document.createElement("main");
  const notice = document.createElement("p");
  const link = document.createElement("a");
  notice.className = "notice warn";
  notice.textContent = `${sending.dataset.saidLocked} `;
  link.href = "/locked/";
  link.target = "_blank";
  link.textContent = sending.dataset.saidUnlock ?? "";
  notice.append(link);
  sending.querySelector(".buttons")?.remove();
  sending.querySelector("[data-name]")?.remove();
  main.append(notice, sending);
  document.body.replaceChildren(main);
  document.body.classList.add("covered");
}

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
    // Something is being sent from this page, and would be broken off with it.
    if (document.body.hasAttribute("data-busy")) {
      cover(form);
      return;
    }
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
