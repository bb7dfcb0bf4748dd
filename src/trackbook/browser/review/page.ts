import { makeButton, makeStatus } from "../controls";
import { showCount } from "../due";
import { defineElement } from "../element";
import { make } from "../make";
import type { Grade } from "../record/event";
import type { LearnersRecord } from "../record/record";
import { readState } from "../record/state";
import { announceTrouble, openWatchedRecord } from "../record/trouble";
import { say } from "../texts";
import { makeAhead } from "./ahead";
import { Bar, sayLeft } from "./bar";
import { CardView } from "./card";
import { followDay, readDay, type Day } from "./day";
import { Deck, type DeckCard, type DeckModule } from "./deck";
import { Focus } from "./focus";
import { findAct } from "./keys";
import { findNext, forecast, interleave } from "./queue";
import { makeSettings } from "./settings";
import { Sitting } from "./sitting";
import { measureCard } from "./speed";
import { makeStart } from "./start";
import { makeSummary } from "./summary";

/** So many days are shown ahead. */
const DAYS = 7;

/** The page of reviews: what waits, one card after the other, and what a sitting came to. */
class Review {
  readonly #status = makeStatus();
  readonly #stage = make("div", "tb-stage");
  readonly #around = make("div", "tb-around");
  readonly #desk: Desk;
  readonly #focus: Focus;
  readonly #bar: Bar;
  #settings: HTMLElement | undefined;
  #sitting: Sitting | undefined;
  #view: CardView | undefined;
  #absent = 0;
  /** What is being done. The next waits for it: else a grade and an undo would meet another card than the one they mean. */
  #doing: Promise<void> = Promise.resolve();

  constructor(element: HTMLElement, desk: Desk) {
    const { signal } = desk;
    this.#desk = desk;
    this.#focus = new Focus(element, signal, () => this.#do(() => this.#break()));
    this.#bar = new Bar(signal, () => this.#leave(), () => this.#undo());
    element.append(this.#stage, this.#status, this.#around);
  }

  async begin(): Promise<void> {
    const { record, signal } = this.#desk;
    document.addEventListener("keydown", (event) => this.#press(event), { signal });
    followDay(record, () => void (this.#sitting || this.#showStart()), signal);
    const { waiting } = await this.#readDay();
    // A reload in the middle of a sitting goes on with it.
    if (this.#focus.isMarked && waiting.count > 0) await this.#start([...waiting.due, ...waiting.fresh]);
    else await this.#showStart();
  }

  async #readDay(): Promise<Day> {
    const { record, deck } = this.#desk;
    const day = await readDay(record, deck);
    announceTrouble(record);
    showCount(day.waiting.count);
    return day;
  }

  /** Before a sitting: how much waits, and what is coming; after one, what it came to. */
  async #showStart(over?: Sitting): Promise<void> {
    const { deck, record, signal } = this.#desk;
    const [day, time] = [await this.#readDay(), await measureCard(record)];
    const { state, waiting, today } = day;
    const next = waiting.count > 0 ? { days: 0, count: waiting.count } : findNext(deck, state, waiting, today);
    const summary = over && (await makeSummary(over, this.#absent, deck, state, next, today));
    if (signal.aborted || this.#sitting) return;
    const ways = { start: (cards: readonly DeckCard[]) => void this.#start(cards), take: (module: DeckModule) => void this.#take(module), time, isOver: summary !== undefined };
    const [news, actions] = makeStart(this.#desk, day, ways);
    if (summary && over.canUndo) actions.append(makeButton(say("review.undo_last"), signal, () => this.#goBack(over), "tb-quiet"));
    this.#stage.replaceChildren(...(summary ? [summary] : []), ...(summary && waiting.count === 0 ? [] : [news]), actions);
    // Whoever is at the settings keeps their place in them.
    if (!this.#settings?.contains(document.activeElement)) this.#settings = makeSettings(this.#desk, state);
    const ahead = makeAhead(forecast(deck, state, waiting, today, DAYS), today);
    if (this.#around.contains(this.#settings)) {
      while (this.#around.firstChild !== this.#settings) this.#around.firstChild?.remove();
      this.#around.prepend(...ahead);
    } else this.#around.replaceChildren(...ahead, this.#settings);
  }

  /** Opens a module, and begins with its cards. */
  async #take(module: DeckModule): Promise<void> {
    await this.#desk.record.note(module.key, { is: "choose" });
    const { waiting } = await this.#readDay();
    await this.#start([...waiting.due, ...waiting.fresh]);
  }

  async #start(cards: readonly DeckCard[]): Promise<void> {
    this.#sitting = new Sitting(interleave(cards));
    this.#absent = 0;
    await this.#showCard();
  }

  async #showCard(): Promise<void> {
    const { record, deck, signal } = this.#desk;
    const sitting = this.#sitting;
    if (!sitting) return;
    const card = sitting.card;
    if (!card) return this.#end(sitting);
    await this.#focus.enter();
    // The schedule's code is large, and nobody needs it before the first card.
    const [state, sides, { Schedule }] = await Promise.all([readState(record), deck.readSides(card), import("../record/schedule")]);
    if (signal.aborted || sitting !== this.#sitting) return;
    if (!sides) {
      this.#absent += 1;
      sitting.skip();
      return this.#showCard();
    }
    if (sitting.next) void deck.readSides(sitting.next);
    const shown = { card, sides, memory: state.memories.get(card.item), schedule: new Schedule(state.retention), apart: sitting.apart };
    this.#view = new CardView(shown, signal, (grade) => this.#grade(grade));
    this.#bar.show(sitting);
    this.#stage.replaceChildren(this.#bar.element, this.#view.hint, this.#view.element);
    this.#view.focus();
  }

  #do(work: () => Promise<void>): void {
    this.#doing = this.#doing.then(work, work);
  }

  /** The grade is kept before the next card is shown. */
  #grade(grade: Grade): void {
    const [sitting, view] = [this.#sitting, this.#view];
    if (!sitting || !view?.at) return;
    this.#view = undefined;
    this.#do(async () => {
      const event = await this.#desk.record.note(view.shown.card.item, { is: "grade", grade }, [], view.at);
      announceTrouble(this.#desk.record);
      sitting.grade(grade, event);
      this.#status.textContent = sayLeft(sitting);
      await this.#showCard();
    });
  }

  #undo(): void {
    this.#do(async () => {
      const event = this.#sitting?.undo();
      if (!event) return;
      this.#view = undefined;
      await this.#desk.record.note(event.item, { is: "undo", event: event.id });
      this.#status.textContent = say("review.undone");
      await this.#showCard();
    });
  }

  async #end(sitting: Sitting): Promise<void> {
    this.#sitting = this.#view = undefined;
    this.#focus.leave();
    await this.#showStart(sitting);
    this.#status.textContent = "";
    this.#stage.querySelector<HTMLElement>(".tb-summary")?.focus();
  }

  /** Takes a sitting that was over up again, with its last card. */
  #goBack(sitting: Sitting): void {
    this.#sitting = sitting;
    this.#undo();
  }

  #leave(): void {
    this.#focus.leave();
    this.#do(() => this.#break());
  }

  /** What was answered is kept; the rest waits. */
  async #break(): Promise<void> {
    this.#sitting = this.#view = undefined;
    this.#status.textContent = "";
    await this.#showStart();
    this.#stage.querySelector<HTMLElement>(".tb-main")?.focus();
  }

  #press(event: KeyboardEvent): void {
    if (!this.#sitting) return;
    // No search opens over a sitting; what the browser does by these keys, it does.
    if (event.key === "/" || event.key.toLowerCase() === "k") event.stopPropagation();
    const view = this.#view;
    const open = view && !view.isOpen ? () => view.open() : undefined;
    const acts = { leave: () => this.#leave(), open, grade: (grade: Grade) => this.#grade(grade), undo: () => this.#undo() };
    const act = findAct(event, acts);
    if (!act) return;
    act();
    event.preventDefault();
  }
}

export interface Desk {
  readonly record: LearnersRecord;
  readonly deck: Deck;
  readonly signal: AbortSignal;
}

defineElement("tb-review", async (element, signal) => {
  try {
    const [record, deck] = await Promise.all([openWatchedRecord(), Deck.load()]);
    if (!signal.aborted) await new Review(element, { record, deck, signal }).begin();
  } catch {
    element.append(make("p", "", say("review.failed")));
  }
  return true;
});
