import { type DetailedError, Upload } from "tus-js-client";

/** What the parts of a file are that the page knows it by, and of how many bytes each. */
const PART = 1 << 20;
/** Bytes of one request: short enough that a server's thread is free again soon, and that a pause is felt. */
const PIECE = 32 << 20;
const AGAIN = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000];

/** What one is told, from the page in the page's language. */
class Told {
  private readonly box: HTMLElement;

  constructor(box: HTMLElement) {
    this.box = box;
  }

  say(state: "sending" | "paused" | "again" | "other" | "out" | "done" | "locked"): void {
    const key = `said${state.charAt(0).toUpperCase()}${state.slice(1)}`;
    this.text("[data-state]", this.box.dataset[key] ?? "");
  }

  why(text: string): void {
    this.text("[data-state]", text);
  }

  show(name: string): void {
    this.box.hidden = false;
    this.text("[data-name]", name);
    this.box.scrollIntoView({ block: "nearest" });
  }

  far(sent: number, total: number): void {
    const bar = this.box.querySelector("progress");
    const share = total === 0 ? 100 : Math.floor((100 * sent) / total);
    if (bar) bar.value = share;
    this.text("[data-far]", `${megabytes(sent)} / ${megabytes(total)} MB (${share} %)`);
  }

  /** Which of its three buttons there are. */
  offer(what: "pause" | "resume" | "see" | "nothing"): void {
    const next = this.part(what);
    if (next) next.hidden = false;
    for (const one of ["pause", "resume", "see"]) {
      const button = this.part(one);
      if (!button || button === next) continue;
      // Whoever works with keys stays where they are.
      if (button === document.activeElement) next?.focus();
      button.hidden = true;
    }
  }

  part(name: string): HTMLElement | null {
    return this.box.querySelector<HTMLElement>(`[data-${name}]`);
  }

  private text(selector: string, text: string): void {
    const found = this.box.querySelector(selector);
    if (found) found.textContent = text;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
}

/** SHA-256 of a file's size, beginning and end: another file of the same name is not gone on with by mistake. */
async function markOf(file: File): Promise<string> {
  if (!("subtle" in crypto)) return "";
  const parts = [String(file.size), file.slice(0, PART), file.slice(Math.max(0, file.size - PART))];
  const digest = await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function token(): string {
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Whether the desk led elsewhere, to its sign-in page: tus knows no redirects. */
function ledAway(error: DetailedError): boolean {
  const answer = error.originalResponse?.getUnderlyingObject();
  return answer instanceof XMLHttpRequest && !answer.responseURL.includes("/uploads/");
}

/** Sends one file, and tells how far it is. */
function send(
  file: File,
  told: Told,
  goal: { endpoint: string } | { uploadUrl: string },
  said: Record<string, string>,
) {
  let again = 0;
  const upload = new Upload(file, {
    ...goal,
    metadata: said,
    headers: { "X-CSRFToken": token() },
    chunkSize: PIECE,
    retryDelays: AGAIN,
    // The desk itself knows what was begun; nothing of it is kept in this browser.
    storeFingerprintForResuming: false,
    onProgress: (sent, total) => {
      if (again > 0) told.say("sending");
      again = 0;
      told.far(sent, total);
    },
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      const retries = !ledAway(error) && (status < 400 || status >= 500 || status === 409 || status === 423);
      if (retries) {
        again += 1;
        told.say("again");
      }
      return retries;
    },
    onError: (error) => {
      document.body.removeAttribute("data-busy");
      if ("originalRequest" in error && ledAway(error)) told.say("out");
      else told.why(("originalResponse" in error && error.originalResponse?.getBody()) || error.message);
      told.offer(upload.url ? "resume" : "nothing");
    },
    onSuccess: () => {
      document.body.removeAttribute("data-busy");
      told.far(file.size, file.size);
      told.say("done");
      const see = told.part("see");
      if (see instanceof HTMLAnchorElement && upload.url) see.href = upload.url;
      told.offer("see");
    },
  });

  function begin(): void {
    document.body.setAttribute("data-busy", "");
    told.say("sending");
    told.offer("pause");
    upload.start();
  }

  told.part("pause")?.addEventListener("click", () => {
    void upload.abort();
    document.body.removeAttribute("data-busy");
    told.say("paused");
    told.offer("resume");
  });
  told.part("resume")?.addEventListener("click", begin);
  told.show(file.name);
  told.far(0, file.size);
  begin();
}

/** One page sends one file. */
function hideChoices(): void {
  for (const one of document.querySelectorAll<HTMLElement>("[data-script], form[data-upload]")) one.hidden = true;
}

/** The form of a new one. */
function startNew(form: HTMLFormElement, told: Told): void {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = new FormData(form);
    const file = values.get("file");
    if (!(file instanceof File)) return;
    hideChoices();
    const said = { filename: file.name, mark: await markOf(file) };
    const chosen = Object.fromEntries(
      ["covered", "compartment", "description"].map((name) => [name, String(values.get(name) ?? "")]),
    );
    send(file, told, { endpoint: form.dataset.upload ?? "" }, { ...said, ...chosen });
  });
}

/** One that was begun: the same file is chosen again, since a browser remembers no file. */
function startAgain(line: HTMLElement, told: Told): void {
  const input = line.querySelector<HTMLInputElement>("input[type=file]");
  const row = line.querySelector<HTMLElement>("[data-script]");
  if (!input || !row) return;
  row.hidden = false;
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (!file) return;
    const mark = line.dataset.mark ?? "";
    if (String(file.size) !== line.dataset.size || (mark && mark !== (await markOf(file)))) {
      told.show(file.name);
      told.say("other");
      told.offer("nothing");
      return;
    }
    hideChoices();
    send(file, told, { uploadUrl: line.dataset.address ?? "" }, {});
  });
}

/** Sends large files from the page that is made for it. */
export function startUploads(): void {
  const box = document.querySelector<HTMLElement>("[data-sending]");
  if (!box) return;
  const told = new Told(box);
  const form = document.querySelector<HTMLFormElement>("form[data-upload]");
  if (form) startNew(form, told);
  for (const line of document.querySelectorAll<HTMLElement>("[data-sent]")) startAgain(line, told);
  window.addEventListener("beforeunload", (event) => {
    if (document.body.hasAttribute("data-busy")) event.preventDefault();
  });
}
