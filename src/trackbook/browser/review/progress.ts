import { makeActions, makeButton, makeStatus } from "../controls";
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
import { noteReturn } from "../resume";
import { say } from "../texts";
import { markModules } from "../ticks";
import { followDay, readDay } from "./day";
import { readNames } from "../record/names";
import { Deck } from "./deck";
import { fillWeeks } from "./effort";
import type { FilePart } from "./file-part";
import { Meter } from "./meter";
import { MissedPart } from "./missed-part";
import { countMinutes, measureCard } from "./speed";
import { makeWay } from "./start";

/** A file of more bytes takes so long that its learner wants to see that something happens. */
const LONG = 500_000;

/** The page of progress: what is done of each track, what is due, and the learner's record to take along. */
class Progress {
  readonly #entries = make("p");
  readonly #waiting = make("p");
  readonly #week = make("section", "tb-week");
  readonly #notes = make("p");
  readonly #status = makeStatus();
  readonly #element: HTMLElement;
  /** Only where the browser can write into files. */
  #file: FilePart | undefined;
  #count = 0;
  readonly #hint = make("p", "tb-evict", say("progress.evict"));
  #mayBeEvicted = false;
  /** Counts updates: one that comes late shows nothing. */
  #turn = 0;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  async begin(signal: AbortSignal): Promise<boolean> {
    const [record, deck, may] = await Promise.all([openWatchedRecord(), Deck.load().catch(() => undefined), mayBeEvicted()]);
    this.#mayBeEvicted = may;
    if (signal.aborted) return false;
    const missed = new MissedPart(this.#element, signal);
    this.#element.querySelector(".tb-progress-main")?.append(missed.element);
    this.#element.querySelector(".tb-progress-side")?.prepend(this.#week, this.#makeRecord(record, signal));
    this.#element.querySelector(".tb-keep-box h2")?.after(this.#notes);
    this.#element.querySelector(".tb-to-certificate")?.append(" ", make("span", "tb-aside", say("progress.certificate")));
    this.#status.before(await this.#makeFile(record, signal));
    const update = (): void => void this.#update(record, deck, missed);
    followDay(record, update, signal);
    await this.#update(record, deck, missed);
    return true;
  }

  async #update(record: LearnersRecord, deck: Deck | undefined, missed: MissedPart): Promise<void> {
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
    this.#count = events.length;
    this.#showCount();
    this.#waiting.textContent = state.waiting > 0 ? say("record.waiting", { count: state.waiting }) : "";
    this.#waiting.hidden = state.waiting === 0;
    await Promise.all([tracks, missed.update(state)]);
  }

  #showCount(): void {
    this.#entries.textContent = say(this.#file?.isChosen ? "progress.entries_here" : "progress.entries", { count: this.#count });
    this.#hint.hidden = !this.#mayBeEvicted || this.#file?.isKept === true;
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

  #makeRecord(record: LearnersRecord, signal: AbortSignal): HTMLElement {
    const file = make("input");
    file.type = "file";
    file.accept = ".json,application/json";
    file.hidden = true; // the button opens it
    file.addEventListener("change", () => void this.#import(record, file), { signal });
    const drafts = make("input");
    drafts.type = "checkbox";
    const actions = makeActions(
      makeButton(say("progress.export"), signal, () => void this.#export(record, drafts.checked)),
      makeButton(say("progress.import"), signal, () => file.click()),
      makeButton(say("progress.erase"), signal, () => void this.#ask(record, signal)),
    );
    return make("section", "tb-record", make("h2", "", say("progress.record")), this.#entries, this.#waiting, this.#hint, actions, make("p", "", make("label", "", drafts, ` ${say("progress.drafts")}`)), file, this.#status);
  }

  /** Where record and file are kept the same; without that, what does so by hand. */
  async #makeFile(record: LearnersRecord, signal: AbortSignal): Promise<HTMLElement> {
    if (!("showDirectoryPicker" in window && "showOpenFilePicker" in window)) return make("p", "", say("progress.file_by_hand"));
    const { FilePart } = await import("./file-part");
    this.#file = new FilePart(record, this.#course, (text) => (this.#status.textContent = text), () => this.#showCount(), signal);
    await this.#file.begin();
    return this.#file.element;
  }

  async #export(record: LearnersRecord, withDrafts: boolean): Promise<void> {
    const { exportRecord } = await import("../record/transfer");
    const link = makeLink(URL.createObjectURL(await exportRecord(record, this.#course, withDrafts)), "");
    link.download = `${say("progress.file")}-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async #import(record: LearnersRecord, input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    input.disabled = true; // one file at a time
    this.#status.textContent = "";
    const { importRecord, Refusal } = await import("../record/transfer");
    const meter = new Meter(say("progress.import"));
    if (file.size > LONG) this.#status.before(meter.element);
    try {
      const count = await importRecord(record, file, this.#course, (share) => meter.show(share));
      if (count > 0) noteReturn(true);
      this.#status.textContent = count > 0 ? say("progress.imported", { count }) : say("progress.imported_none");
    } catch (error) {
      this.#status.textContent = error instanceof Refusal ? say(`progress.refuse_${error.reason}`, error.values) : say("progress.refuse_json");
    }
    meter.element.remove();
    input.disabled = false;
    input.value = "";
  }

  get #course(): CourseName {
    return JSON.parse(this.#element.dataset["course"] ?? "") as CourseName;
  }

  /** Deleting is asked for twice, the second time in words that say what goes. */
  async #ask(record: LearnersRecord, signal: AbortSignal): Promise<void> {
    if (this.#element.querySelector(".tb-sure")) return;
    const { length: count } = await record.readAll();
    const question = make("div", "tb-sure", make("p", "", say("progress.erase_sure", { count })));
    const close = (text: string): void => {
      question.remove();
      this.#status.textContent = text;
      this.#element.querySelector<HTMLElement>(".tb-record .tb-actions button:last-child")?.focus();
    };
    const erase = async (): Promise<void> => {
      // First the file: what it holds would come back.
      const name = await this.#file?.forget();
      const said = say((await record.clear()) ? "progress.erased" : "progress.erase_failed");
      close(name === undefined ? said : `${said} ${say("progress.file_stays", { name })}`);
    };
    const yes = makeButton(say("progress.erase_yes"), signal, () => void erase());
    const no = makeButton(say("progress.erase_no"), signal, () => close(""), "tb-main");
    question.append(makeActions(no, yes));
    question.setAttribute("role", "group");
    this.#status.before(question);
    no.focus();
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

async function mayBeEvicted(): Promise<boolean> {
  return !(await navigator.storage?.persisted?.().catch(() => false));
}

defineElement("tb-progress", (element, signal) => new Progress(element).begin(signal));
