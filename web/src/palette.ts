/** One thing the desk found; `says` is posted to the address, without it the address is opened. */
type Found = { title: string; note: string; address: string; says: Record<string, string>; language: string };
type Group = { name: string; found: Found[] };
type Answer = { groups: Group[]; told: string };

const PAUSE = 120;
/** After how long without an answer somebody who waits is told; an answer that comes later is shown all the same. */
const PATIENCE = 8_000;

/**
 * The command palette: a combobox in a dialog, opened by Ctrl-K, ⌘K or the link to the page that does the same without
 * script. The desk answers what the officer may see; an answer to an older question is dropped.
 */
export function startPalette(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#palette");
  const field = dialog?.querySelector<HTMLInputElement>("[role=combobox]");
  const list = dialog?.querySelector<HTMLElement>("[role=listbox]");
  const told = dialog?.querySelector<HTMLElement>("[role=status]");
  const form = dialog?.querySelector("form");
  if (!dialog || !field || !list || !told || !form) return;
  new Palette(dialog, field, list, told, form).listen();
}

class Palette {
  private options: HTMLElement[] = [];
  private found: Found[] = [];
  private chosen = -1;
  private timer = 0;
  private waiting = 0;
  private asking = new AbortController();

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly field: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly told: HTMLElement,
    private readonly form: HTMLFormElement,
  ) {}

  listen(): void {
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      this.open();
    });
    for (const link of document.querySelectorAll<HTMLElement>("[data-palette=open]")) this.wire(link);
    this.field.addEventListener("input", () => this.askSoon());
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    // A click on the backdrop is a click on the dialog itself.
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("close", () => this.forget());
  }

  private wire(link: HTMLElement): void {
    const hint = link.querySelector("kbd");
    if (hint) {
      hint.hidden = false;
      if (navigator.platform.startsWith("Mac")) hint.textContent = "⌘ K";
    }
    link.addEventListener("click", (event) => {
      // With a modifier the link opens its page in a tab of its own, as links do.
      if ((event as MouseEvent).ctrlKey || (event as MouseEvent).metaKey || (event as MouseEvent).shiftKey) return;
      event.preventDefault();
      this.open();
    });
  }

  private open(): void {
    if (this.dialog.open || document.querySelector("dialog[open]")) return;
    this.dialog.showModal();
    this.field.value = "";
    this.field.focus();
    void this.ask();
  }

  private forget(): void {
    window.clearTimeout(this.timer);
    window.clearTimeout(this.waiting);
    this.asking.abort();
    this.show([]);
    this.told.textContent = "";
  }

  private lose(): void {
    this.show([]);
    this.told.textContent = this.dialog.dataset.lost ?? "";
  }

  private askSoon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => this.lose(), PATIENCE);
    const address = `${this.dialog.dataset.address}?${new URLSearchParams({ q: this.field.value })}`;
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" }, signal });
      // Sent on to another page: the session has ended, and the page itself will say so.
      if (response.redirected) window.location.reload();
      if (!response.ok) throw new Error(response.statusText);
      const answer = (await response.json()) as Answer;
      if (signal.aborted) return;
      window.clearTimeout(this.waiting);
      this.show(answer.groups);
      this.told.textContent = answer.told;
    } catch {
      if (signal.aborted) return;
      window.clearTimeout(this.waiting);
      this.lose();
    }
  }

  private show(groups: Group[]): void {
    this.found = groups.flatMap((group) => group.found);
    this.options = [];
    this.list.replaceChildren(...groups.map((group, number) => this.group(group, number)));
    this.field.setAttribute("aria-expanded", String(this.options.length > 0));
    this.choose(this.options.length > 0 ? 0 : -1);
  }

  private group(group: Group, number: number): HTMLElement {
    const box = document.createElement("div");
    const heading = document.createElement("span");
    heading.id = `palette-group-${number}`;
    heading.textContent = group.name;
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", heading.id);
    box.append(heading, ...group.found.map((one) => this.option(one)));
    return box;
  }

  private option(one: Found): HTMLElement {
    const option = document.createElement("div");
    const number = this.options.length;
    option.id = `palette-option-${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const title = document.createElement("span");
    title.textContent = one.title;
    if (one.language) title.lang = one.language;
    option.append(title);
    if (one.note) {
      const note = document.createElement("small");
      note.textContent = one.note;
      option.append(note);
    }
    option.addEventListener("click", () => this.take(number));
    this.options.push(option);
    return option;
  }

  private choose(number: number): void {
    this.options[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = number;
    const option = this.options[number];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  private onKey(event: KeyboardEvent): void {
    // Enter that ends a word of an input method belongs to it.
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length > 0) {
      event.preventDefault();
      this.choose((this.chosen + step + this.options.length) % this.options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.take(this.chosen);
    }
  }

  private take(number: number): void {
    const one = this.found[number];
    if (!one) return;
    if (Object.keys(one.says).length === 0) {
      window.location.assign(one.address);
      return;
    }
    for (const [name, value] of Object.entries(one.says)) {
      this.form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    this.form.action = one.address;
    this.form.submit();
  }
}
