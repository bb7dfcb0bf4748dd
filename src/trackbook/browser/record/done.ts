import { root } from "../site";
import { say } from "../texts";
import type { LearnersRecord } from "./record";
import { readState } from "./state";
import { announceTrouble, openWatchedRecord } from "./trouble";

/** Lets a learner say that a module is done: it is never guessed. */
class Done extends HTMLElement {
  #bound: AbortController | undefined;

  connectedCallback(): void {
    this.#bound = new AbortController();
    void this.#begin(this.#bound.signal);
  }

  disconnectedCallback(): void {
    this.#bound?.abort();
  }

  async #begin(signal: AbortSignal): Promise<void> {
    const record = await openWatchedRecord();
    const update = (): void => void readState(record).then(({ done }) => signal.aborted || this.#show(record, done));
    record.addEventListener("change", update, { signal });
    update();
  }

  #show(record: LearnersRecord, all: ReadonlySet<string>): void {
    const done = all.has(this.#module);
    if (this.dataset["state"] === String(done)) return;
    const changed = this.dataset["state"] !== undefined;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tb-button";
    button.textContent = say(done ? "done.unmark" : "done.mark");
    button.addEventListener("click", () => void this.#mark(record, !done));
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    if (done) status.append(`${say("done.marked")} ${say("done.cards")} `, link(new URL("review/", root).href, say("done.review")));
    const focused = this.contains(document.activeElement);
    this.replaceChildren(status, button);
    this.dataset["state"] = String(done);
    this.hidden = false;
    if (changed && focused) button.focus();
  }

  async #mark(record: LearnersRecord, done: boolean): Promise<void> {
    // Refused or not: the record then only outlives a full disk less often.
    if (done) navigator.storage?.persist?.().catch(() => undefined);
    await record.note(this.#module, { is: done ? "done" : "not-done" });
    announceTrouble(record);
  }

  get #module(): string {
    return this.dataset["module"] ?? "";
  }
}

function link(href: string, text: string): HTMLAnchorElement {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = text;
  return made;
}

/** In every list of lessons: a tick, with its word for those who don't see it. */
export function markModules(done: ReadonlySet<string>): void {
  for (const entry of document.querySelectorAll<HTMLElement>("li[data-module]")) {
    const marked = done.has(entry.dataset["module"] ?? "");
    if (entry.classList.toggle("tb-is-done", marked) === (entry.querySelector(".tb-tick") !== null)) continue;
    if (marked) (entry.querySelector("a") ?? entry).append(makeTick());
    else entry.querySelector(".tb-tick")?.remove();
  }
}

function makeTick(): HTMLElement {
  const tick = document.createElement("span");
  tick.className = "tb-tick";
  tick.setAttribute("role", "img");
  tick.setAttribute("aria-label", say("done.state"));
  tick.textContent = "✓";
  return tick;
}

/** Marks what is done where a list of lessons stands. */
export async function showMarks(): Promise<void> {
  const record = await openWatchedRecord();
  const update = async (): Promise<void> => markModules((await readState(record)).done);
  record.addEventListener("change", () => void update());
  await update();
}

if (!customElements.get("tb-done")) customElements.define("tb-done", Done);
