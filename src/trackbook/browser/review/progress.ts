import { defineElement } from "../element";
import { make, makeLink } from "../make";
import { showCount } from "../due";
import { listMarks } from "../marks/reading";
import { findRest, readMinutes, sayMinutes, type Lesson } from "../path/rest";
import type { LearnersRecord } from "../record/record";
import type { State } from "../record/replay";
import type { CourseName } from "../record/transfer";
import { readState } from "../record/state";
import { announceTrouble, openWatchedRecord } from "../record/trouble";
import { say } from "../texts";
import { markModules } from "../ticks";
import { followDay, readDay } from "./day";
import { readNames } from "../record/names";
import { Deck } from "./deck";
import { fillWeeks } from "./effort";
import { MissedPart } from "./missed-part";
import { RecordPart } from "./record-part";
import { countMinutes, measureCard } from "./speed";
import { makeWay } from "./start";

/** The page of progress: what is done of each track, what is due, and the learner's record to take along. */
class Progress {
  readonly #week = make("section", "tb-week");
  readonly #notes = make("p");
  readonly #element: HTMLElement;
  /** Counts updates: one that comes late shows nothing. */
  #turn = 0;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  async begin(signal: AbortSignal): Promise<boolean> {
    const [record, deck] = await Promise.all([openWatchedRecord(), Deck.load().catch(() => undefined)]);
    const kept = new RecordPart(record, JSON.parse(this.#element.dataset["course"] ?? "") as CourseName, signal);
    await kept.begin();
    if (signal.aborted) return false;
    const missed = new MissedPart(this.#element, signal);
    this.#element.querySelector(".tb-progress-main")?.append(missed.element);
    this.#element.querySelector(".tb-progress-side")?.prepend(this.#week, kept.element);
    this.#element.querySelector(".tb-keep-box h2")?.after(this.#notes);
    this.#element.querySelector(".tb-to-certificate")?.append(" ", make("span", "tb-aside", say("progress.certificate")));
    const update = (): void => void this.#update(record, deck, missed, kept);
    followDay(record, update, signal);
    await this.#update(record, deck, missed, kept);
    return true;
  }

  async #update(record: LearnersRecord, deck: Deck | undefined, missed: MissedPart, kept: RecordPart): Promise<void> {
    const turn = ++this.#turn;
    const day = deck ? readDay(record, deck) : readState(record).then((state) => ({ state, waiting: undefined }));
    const [{ state, waiting }, events, { rename }, time] = await Promise.all([day, record.readAll(), readNames(), measureCard(record)]);
    if (turn !== this.#turn) return;
    announceTrouble(record);
    markModules(state.done);
    const sections = [...this.#element.querySelectorAll<HTMLElement>("section[data-track-id]")];
    const tracks = Promise.all(sections.map((section) => showTrack(section, state, () => turn === this.#turn)));
    this.#element.querySelector(".tb-due")?.replaceChildren(...(deck && waiting ? this.#makeWays(deck, state, waiting.count, time) : [say("progress.unknown")]));
    this.#notes.replaceChildren(makeLink("#notes", say("progress.notes", { count: listMarks(state.marks).length })));
    fillWeeks(this.#week, events, rename, new Date());
    kept.show(events.length, state.waiting);
    await Promise.all([tracks, missed.update(state)]);
  }

  /** Where to go on, and what is due. */
  #makeWays(deck: Deck, state: State, count: number, time: number | undefined): (Node | string)[] {
    showCount(count);
    const way = makeWay(state, deck.modules);
    const link = makeLink(this.#element.dataset["review"] ?? "", count > 0 ? say("to_review", { count }) : say("progress.to_review"));
    if (count === 0) return [way, make("span", "", say("progress.none"), " ", link)];
    link.className = "tb-button";
    if (time !== undefined) link.append(" ", make("small", "", say("progress.about", { count: countMinutes(count, time) })));
    return [way, link];
  }
}

/** "3 of 4 written lessons done", in words and as segments: what is only planned counts for nothing. */
async function showTrack(section: HTMLElement, state: State, isCurrent: () => boolean): Promise<void> {
  const lessons = [...section.querySelectorAll<HTMLElement>("li[data-minutes]")].map(readLesson);
  const { minutes } = await findRest(lessons, state);
  if (!isCurrent()) return;
  const done = lessons.filter(({ key }) => state.done.has(key));
  const counted = say("progress.track", { done: done.length, total: lessons.length });
  const sentence = minutes > 0 ? say("progress.left", { counted, time: sayMinutes(minutes, "progress") }) : counted;
  const bar = make("span", "tb-bar", ...lessons.map(({ key }) => make("span", state.done.has(key) ? "tb-is-done" : state.places.has(key) ? "tb-is-begun" : "")));
  bar.setAttribute("aria-hidden", "true");
  section.querySelector(".tb-track-progress")?.replaceChildren(sentence, bar);
}

function readLesson(entry: HTMLElement): Lesson {
  return { key: entry.dataset["module"] ?? "", address: entry.querySelector("a")?.href ?? "", ...readMinutes(entry) };
}

defineElement("tb-progress", (element, signal) => new Progress(element).begin(signal));
