import { defineElement } from "../element";
import { followState, type Seen } from "../glimpse";
import { make } from "../make";
import { say } from "../texts";
import { locatePlace } from "./place";
import { showBegun } from "./stations";
import { findRest, readMinutes, sayMinutes, type Lesson, type Rest } from "./rest";

interface Station extends Lesson {
  readonly entry: HTMLElement;
  readonly number: number;
  readonly title: string;
  /** The first page of its module. */
  readonly start: string;
}

/** The head of a track's page: what is done of what is written, and a button that leads to where the learner was. */
class TrackWay {
  readonly #lessons = [...document.querySelectorAll<HTMLElement>(".tb-lesson[data-start]")].map(readLesson);
  readonly #tally: HTMLElement | null;
  readonly #button: HTMLAnchorElement | null;
  /** What both say to whoever is new, and where the button then leads. */
  readonly #first: readonly (readonly Node[])[];
  readonly #begins: string;
  #turn = 0;

  constructor(readonly element: HTMLElement) {
    this.#tally = element.querySelector(".tb-tally");
    this.#button = element.querySelector(".tb-loud");
    this.#first = [this.#tally, this.#button].map((part) => [...(part?.childNodes ?? [])]);
    this.#begins = this.#button?.href ?? "";
  }

  async show(state: Seen): Promise<void> {
    const turn = ++this.#turn;
    const { done, places } = state;
    const isNew = this.#lessons.every(({ key }) => !done.has(key) && !places.has(key));
    const rest = isNew ? undefined : await findRest(this.#lessons, state);
    if (turn !== this.#turn) return;
    const segments = this.element.querySelectorAll(".tb-bar > span");
    for (const [at, { key, entry }] of this.#lessons.entries()) {
      const begun = places.has(key) && !done.has(key);
      segments[at]?.classList.toggle("tb-is-done", done.has(key));
      segments[at]?.classList.toggle("tb-is-begun", begun);
      showBegun(entry, begun);
      if (rest?.lesson?.key === key) entry.setAttribute("aria-current", "step");
      else entry.removeAttribute("aria-current");
    }
    if (!rest) return this.#showFirst();
    this.#showTally(done, rest);
    this.#showButton(rest);
  }

  #showFirst(): void {
    this.#tally?.replaceChildren(...(this.#first[0] ?? []));
    this.#button?.replaceChildren(...(this.#first[1] ?? []));
    if (this.#button) this.#button.href = this.#begins;
  }

  #showTally(done: Seen["done"], { lesson, minutes }: Rest<Station>): void {
    const counted = { done: this.#lessons.filter(({ key }) => done.has(key)).length, total: this.#lessons.length };
    const left = make("span", "tb-minutes", lesson ? say("onward.left", { time: sayMinutes(minutes, "onward") }) : say("onward.none_left"));
    this.#tally?.replaceChildren(make("span", "", say("onward.tally", counted)), " ", left);
  }

  #showButton({ lesson, place, stand }: Rest<Station>): void {
    const button = this.#button;
    if (!button) return;
    const title = make("span", "tb-title");
    const more = make("span", "tb-minutes");
    button.replaceChildren(title, " ", more);
    if (!lesson) {
      button.href = this.element.dataset["review"] ?? "";
      title.textContent = say("onward.review");
      return more.append(say("onward.all_done"));
    }
    const { number } = lesson;
    button.href = place === undefined ? lesson.start : locatePlace(lesson.address, place);
    title.textContent = stand ? say("onward.section", { number, section: stand.number }) : say("onward.lesson", { number });
    const time = stand ? say("onward.left_here", { minutes: stand.left }) : lesson.reading ? sayMinutes(lesson.reading, "onward") : "";
    more.append(make("bdi", "", lesson.title), time && ` · ${time}`);
  }
}

function readLesson(entry: HTMLElement): Station {
  const link = entry.querySelector<HTMLAnchorElement>(".tb-title a");
  return {
    entry,
    key: entry.dataset["module"] ?? "",
    number: (entry as HTMLLIElement).value,
    title: link?.firstChild?.textContent ?? "",
    start: new URL(entry.dataset["start"] ?? "", location.href).href,
    address: link?.href ?? "",
    ...readMinutes(entry),
  };
}

defineElement("tb-onward", async (element, signal) => {
  const way = new TrackWay(element);
  await followState((state) => void way.show(state), signal);
  return true;
});
