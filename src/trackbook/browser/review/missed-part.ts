import { makeActions, makeButton } from "../controls";
import { make } from "../make";
import type { State } from "../record/replay";
import { say } from "../texts";
import { findMissed, listMissed, type Missed } from "./missed";

/** The part of the page of progress about what was missed: a list, or the questions once more. */
export class MissedPart {
  readonly element = make("section", "tb-missed");
  readonly #title = make("h2", "", say("progress.missed"));
  readonly #page: HTMLElement;
  readonly #signal: AbortSignal;
  #isAsking = false;
  #last: () => void = () => undefined;

  constructor(page: HTMLElement, signal: AbortSignal) {
    this.#page = page;
    this.#signal = signal;
    this.#title.tabIndex = -1;
  }

  /** While questions are asked, the list waits. */
  async update(state: State): Promise<void> {
    const entries = [...this.#page.querySelectorAll<HTMLElement>("li[data-asks]")];
    const lessons = new Map(entries.map((entry) => [entry.dataset["module"] ?? "", entry.querySelector("a")?.firstChild?.textContent ?? ""]));
    const { missed, absent } = await findMissed(state, new Set(lessons.keys()));
    this.#last = () => this.#show(missed, absent, (module) => lessons.get(module) ?? "");
    if (!this.#isAsking) this.#last();
  }

  #show(missed: readonly Missed[], absent: number, nameLesson: (module: string) => string): void {
    this.#title.textContent = say("progress.missed");
    if (missed.length > 0) this.#title.append(" ", make("span", "tb-count", String(missed.length)));
    const list = (): HTMLElement[] => [make("p", "tb-note", say("quiz.missed.stay")), listMissed(missed, nameLesson), this.#makeWays(missed)];
    const parts: HTMLElement[] = missed.length > 0 ? list() : absent > 0 ? [] : [make("p", "", say("progress.missed_none"))];
    if (absent > 0) parts.push(make("p", "", say("progress.missed_absent", { count: absent })));
    this.element.replaceChildren(this.#title, ...parts);
  }

  /** All of them, and those of each track where there are several. */
  #makeWays(missed: readonly Missed[]): HTMLElement {
    const ask = (label: string, some: readonly Missed[]): HTMLButtonElement => makeButton(label, this.#signal, () => void this.#ask(some));
    const tracks = [...Map.groupBy(missed, ({ question }) => question.item.split("/")[0] ?? "")];
    const ways = tracks.length > 1 ? tracks.map(([id, some]) => ask(say("progress.again_track", { number: this.#numberOf(id), count: some.length }), some)) : [];
    return makeActions(ask(say("quiz.missed.again", { count: missed.length }), missed), ...ways);
  }

  #numberOf(id: string): string {
    return this.#page.querySelector<HTMLElement>(`section[data-track-id="${id}"]`)?.dataset["track"] ?? id;
  }

  async #ask(missed: readonly Missed[]): Promise<void> {
    this.#isAsking = true;
    const { askAgain } = await import("./again");
    const end = (): void => {
      this.#isAsking = false;
      this.#last();
      this.#title.focus();
    };
    this.element.replaceChildren(this.#title, askAgain(missed, this.#signal, end));
  }
}
