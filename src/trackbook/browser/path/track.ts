import { defineElement } from "../element";
import { followState, type Seen } from "../glimpse";
import { make } from "../make";
import { say } from "../texts";
import { findStand, locatePlace, readPage, type Stand } from "./place";

/** A written lesson, as the list on the page of its track has it. */
interface Lesson {
  readonly key: string;
  readonly number: number;
  readonly title: string;
  /** The first page of its module, and the lesson itself. */
  readonly start: string;
  readonly address: string;
  readonly reading: number;
  readonly practice: number;
}

/** Where to go on, and how far one was there. */
interface Way {
  readonly lesson: Lesson | undefined;
  readonly place: string | undefined;
  readonly stand: Stand | undefined;
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
    const open = this.#lessons.filter(({ key }) => !done.has(key));
    const lesson = isNew ? undefined : chooseLesson(open, state);
    const found = lesson && places.get(lesson.key);
    const page = found ? await readPage(lesson.address) : undefined;
    const stand = found ? findStand(page, found, lesson.reading) : undefined;
    // A section that is gone leads to the lesson's beginning.
    const place = page && !stand ? "" : found;
    if (turn !== this.#turn) return;
    const segments = this.element.querySelectorAll(".tb-bar > span");
    for (const [at, { key }] of this.#lessons.entries()) segments[at]?.classList.toggle("tb-is-done", done.has(key));
    if (isNew) return this.#showFirst();
    this.#showTally(open, stand && lesson ? lesson.reading - stand.left : 0);
    this.#showButton({ lesson, place, stand });
  }

  #showFirst(): void {
    this.#tally?.replaceChildren(...(this.#first[0] ?? []));
    this.#button?.replaceChildren(...(this.#first[1] ?? []));
    if (this.#button) this.#button.href = this.#begins;
  }

  #showTally(open: readonly Lesson[], read: number): void {
    const count = open.reduce((sum, { reading, practice }) => sum + reading + practice, -read);
    const total = this.#lessons.length;
    const sentence = make("span", "", say("onward.tally", { done: total - open.length, total }));
    const left = make("span", "tb-minutes", open.length > 0 ? say("onward.left", { time: sayMinutes(count) }) : say("onward.none_left"));
    this.#tally?.replaceChildren(sentence, " ", left);
  }

  #showButton({ lesson, place, stand }: Way): void {
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
    const time = stand ? say("onward.left_here", { minutes: stand.left }) : lesson.reading ? sayMinutes(lesson.reading) : "";
    more.append(make("bdi", "", lesson.title), time && ` · ${time}`);
  }
}

function readLesson(entry: HTMLElement): Lesson {
  const link = entry.querySelector<HTMLAnchorElement>(".tb-title a");
  const [reading = 0, practice = 0] = (entry.dataset["minutes"] ?? "").split(" ").map(Number);
  return {
    key: entry.dataset["module"] ?? "",
    number: (entry as HTMLLIElement).value,
    title: link?.firstChild?.textContent ?? "",
    start: new URL(entry.dataset["start"] ?? "", location.href).href,
    address: link?.href ?? "",
    reading,
    practice,
  };
}

/** Of those that are not done: the one that was last read, else one that was begun, else the first. */
function chooseLesson(open: readonly Lesson[], { place, places }: Seen): Lesson | undefined {
  const last = place && open.find(({ key }) => place.address.startsWith(`${key}/`));
  return last ?? open.find(({ key }) => places.has(key)) ?? open[0];
}

function sayMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return hours > 0 ? say("onward.hours", { hours, minutes: rest }) : say("onward.minutes", { minutes });
}

defineElement("tb-onward", async (element, signal) => {
  const way = new TrackWay(element);
  await followState((state) => void way.show(state), signal);
  return true;
});
