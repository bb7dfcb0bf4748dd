import { makeActions, makeButton, makeStatus } from "../controls";
import { defineElement } from "../element";
import { make, makeLink } from "../make";
import { showCount } from "../due";
import type { LearnersRecord } from "../record/record";
import type { CourseName } from "../record/transfer";
import { readState } from "../record/state";
import { announceTrouble, openWatchedRecord } from "../record/trouble";
import { say } from "../texts";
import { markModules } from "../ticks";
import { followDay, readDay } from "./day";
import { readNames } from "../record/names";
import { Deck } from "./deck";
import { countLeft, fillWeeks, sayMinutes } from "./effort";
import { Meter } from "./meter";
import { MissedPart } from "./missed-part";

/** A file of more bytes takes so long that its learner wants to see that something happens. */
const LONG = 500_000;

/** The page of progress: what is done of each track, what is due, and the learner's record to take along. */
class Progress {
  readonly #entries = make("p");
  readonly #waiting = make("p");
  readonly #week = make("section", "tb-week");
  readonly #status = makeStatus();
  readonly #element: HTMLElement;
  /** Counts updates: one that comes late shows nothing. */
  #turn = 0;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  async begin(signal: AbortSignal): Promise<boolean> {
    const [record, deck] = await Promise.all([openWatchedRecord(), Deck.load().catch(() => undefined)]);
    if (signal.aborted) return false;
    const missed = new MissedPart(this.#element, signal);
    this.#element.append(this.#week, missed.element, this.#makeRecord(record, signal));
    const update = (): void => void this.#update(record, deck, missed);
    followDay(record, update, signal);
    await this.#update(record, deck, missed);
    return true;
  }

  async #update(record: LearnersRecord, deck: Deck | undefined, missed: MissedPart): Promise<void> {
    const turn = ++this.#turn;
    const day = deck ? readDay(record, deck) : readState(record).then((state) => ({ state, waiting: undefined }));
    const [{ state, waiting }, events, { rename }] = await Promise.all([day, record.readAll(), readNames()]);
    if (turn !== this.#turn) return;
    announceTrouble(record);
    markModules(state.done);
    for (const section of this.#element.querySelectorAll<HTMLElement>("section[data-track-id]")) showTrack(section, state.done);
    this.#element.querySelector(".tb-due")?.replaceChildren(...this.#makeWay(waiting?.count));
    fillWeeks(this.#week, events, rename, new Date());
    this.#entries.textContent = say("progress.entries", { count: events.length });
    this.#waiting.textContent = state.waiting > 0 ? say("record.waiting", { count: state.waiting }) : "";
    this.#waiting.hidden = state.waiting === 0;
    await missed.update(state);
  }

  /** What is due, and the way there; without the cards nobody knows. */
  #makeWay(count: number | undefined): (Node | string)[] {
    if (count === undefined) return [say("progress.unknown")];
    showCount(count);
    const link = makeLink(this.#element.dataset["review"] ?? "", count > 0 ? say("to_review", { count }) : say("progress.to_review"));
    if (count > 0) link.className = "tb-button tb-main";
    return [count > 0 ? say("waiting", { count }) : say("progress.none"), " ", link];
  }

  #makeRecord(record: LearnersRecord, signal: AbortSignal): HTMLElement {
    const file = make("input", "tb-file");
    file.type = "file";
    file.accept = ".json,application/json";
    file.tabIndex = -1;
    file.setAttribute("aria-label", say("progress.import"));
    file.addEventListener("change", () => void this.#import(record, file), { signal });
    const drafts = make("input");
    drafts.type = "checkbox";
    const actions = makeActions(
      makeButton(say("progress.export"), signal, () => void this.#export(record, drafts.checked)),
      makeButton(say("progress.import"), signal, () => file.click()),
      makeButton(say("progress.erase"), signal, () => void this.#ask(record, signal)),
    );
    const hint = make("p", "tb-evict", say("progress.evict"));
    hint.hidden = true;
    void mayBeEvicted().then((may) => (hint.hidden = !may));
    return make("section", "tb-record", make("h2", "", say("progress.record")), this.#entries, this.#waiting, hint, actions, make("p", "", make("label", "", drafts, ` ${say("progress.drafts")}`)), file, this.#status);
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
    const yes = makeButton(say("progress.erase_yes"), signal, () => void record.clear().then((gone) => close(say(gone ? "progress.erased" : "progress.erase_failed"))));
    const no = makeButton(say("progress.erase_no"), signal, () => close(""), "tb-main");
    question.append(makeActions(no, yes));
    question.setAttribute("role", "group");
    this.#status.before(question);
    no.focus();
  }
}

/** "3 of 4 written lessons done", in words and as segments: what is only planned counts for nothing. */
function showTrack(section: HTMLElement, done: ReadonlySet<string>): void {
  const keys = [...section.querySelectorAll<HTMLElement>("li[data-module]:not(.tb-planned)")].map((entry) => entry.dataset["module"] ?? "");
  const left = countLeft(section, done);
  const counted = say("progress.track", { done: keys.filter((key) => done.has(key)).length, total: keys.length });
  const sentence = left > 0 ? say("progress.left", { counted, time: sayMinutes(left) }) : counted;
  const bar = make("span", "tb-bar", ...keys.map((key) => make("span", done.has(key) ? "tb-is-done" : "")));
  bar.setAttribute("aria-hidden", "true");
  section.querySelector(".tb-track-progress")?.replaceChildren(sentence, bar);
}

async function mayBeEvicted(): Promise<boolean> {
  return !(await navigator.storage?.persisted?.().catch(() => false));
}

defineElement("tb-progress", (element, signal) => new Progress(element).begin(signal));
