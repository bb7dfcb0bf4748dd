import { makeActions, makeButton, makeStatus } from "../controls";
import { defineElement } from "../element";
import { make } from "../make";
import { countToday, type Grade } from "../record/event";
import type { LearnersRecord } from "../record/record";
import type { State } from "../record/replay";
import { readState } from "../record/state";
import { announceTrouble, openWatchedRecord } from "../record/trouble";
import { recall } from "../site";
import { say } from "../texts";
import { makeAhead } from "./ahead";
import { CardView } from "./card";
import { Deck, type DeckCard } from "./deck";
import { interleave, listWaiting, NEW_A_DAY } from "./queue";
import { makeSettings } from "./settings";
import { Sitting } from "./sitting";
import { makeSummary, sayNext } from "./summary";

/** The page of reviews: what waits, one card after the other, and what a sitting came to. */
class Review {
  readonly #status = makeStatus();
  readonly #stage = make("div", "tb-stage");
  readonly #around = make("div", "tb-around");
  #settings: HTMLElement | undefined;
  #sitting: Sitting | undefined;
  #view: CardView | undefined;
  #absent = 0;
  /** What is being done. The next waits for it: else a grade and an undo would meet another card than the one they mean. */
  #doing: Promise<void> = Promise.resolve();

  async begin(element: HTMLElement, signal: AbortSignal): Promise<boolean> {
    element.append(this.#stage, this.#status, this.#around);
    await this.#begin(signal).catch(() => this.#stage.replaceChildren(make("p", "", say("review.failed"))));
    return true;
  }

  async #begin(signal: AbortSignal): Promise<void> {
    const [record, deck] = await Promise.all([openWatchedRecord(), Deck.load()]);
    const desk: Desk = { record, deck, signal };
    document.addEventListener("keydown", (event) => this.#press(desk, event), { signal });
    const update = (): void => void (this.#sitting || this.#showStart(desk));
    record.addEventListener("change", update, { signal });
    document.addEventListener("visibilitychange", update, { signal }); // it may be another day
    await this.#showStart(desk);
  }

  /** Before a sitting: how much waits, and what is coming. */
  async #showStart(desk: Desk): Promise<void> {
    const state = await readState(desk.record);
    announceTrouble(desk.record);
    if (desk.signal.aborted || this.#sitting) return;
    const today = countToday(new Date());
    const { due, fresh, later } = listWaiting(desk.deck, state, today);
    const count = due.length + fresh.length;
    const parts: HTMLElement[] = [];
    if (count > 0) {
      parts.push(make("p", "tb-review-count", make("b", "", say("review.begin", { count })), " ", say("review.due", { due: due.length, fresh: fresh.length })));
      const start = makeButton(say("review.start"), desk.signal, () => void this.#start(desk, [...due, ...fresh]), "tb-main");
      parts.push(makeActions(start));
    } else parts.push(...this.#makeNothing(desk, state, later, today));
    this.#stage.replaceChildren(...parts);
    // Whoever is at the settings keeps their place in them.
    if (!this.#settings?.contains(document.activeElement)) this.#settings = makeSettings(desk, state);
    const ahead = makeAhead(desk.deck, state, today);
    if (this.#around.contains(this.#settings)) {
      while (this.#around.firstChild !== this.#settings) this.#around.firstChild?.remove();
      this.#around.prepend(...ahead);
    } else this.#around.replaceChildren(...ahead, this.#settings);
  }

  #makeNothing(desk: Desk, state: State, later: readonly DeckCard[], today: number): HTMLElement[] {
    const next = sayNext(desk.deck, state, today);
    const text = state.memories.size + later.length === 0 ? say("review.nothing_yet") : [say("review.nothing"), next].join(" ");
    const more = later.slice(0, NEW_A_DAY);
    const button = makeButton(say("review.more"), desk.signal, () => void this.#start(desk, more));
    return [make("p", "", text), ...(more.length > 0 ? [makeActions(button)] : [])];
  }

  async #start(desk: Desk, cards: readonly DeckCard[]): Promise<void> {
    this.#sitting = new Sitting(interleave(cards));
    this.#absent = 0;
    this.#around.replaceChildren();
    await this.#showCard(desk);
  }

  async #showCard(desk: Desk): Promise<void> {
    const sitting = this.#sitting;
    if (!sitting) return;
    const card = sitting.card;
    if (!card) return this.#end(desk, sitting);
    // The schedule's code is large, and nobody needs it before the first card.
    const [state, sides, { Schedule }] = await Promise.all([readState(desk.record), desk.deck.readSides(card), import("../record/schedule")]);
    if (desk.signal.aborted) return;
    if (!sides) {
      this.#absent += 1;
      sitting.skip();
      return this.#showCard(desk);
    }
    if (sitting.next) void desk.deck.readSides(sitting.next);
    const shown = { card, sides, memory: state.memories.get(card.item), schedule: new Schedule(state.retention) };
    this.#view = new CardView(shown, desk.signal, (grade) => this.#grade(desk, grade));
    const undo = makeButton(say("review.undo"), desk.signal, () => this.#undo(desk), "tb-quiet");
    undo.disabled = !sitting.canUndo;
    this.#stage.replaceChildren(this.#view.element, make("div", "tb-review-foot", make("span", "", this.#sayLeft(sitting)), undo));
    this.#view.focus();
  }

  #sayLeft(sitting: Sitting): string {
    const back = sitting.returning;
    return [say("review.left", { count: sitting.left }), ...(back > 0 ? [say("review.back", { count: back })] : [])].join(" · ");
  }

  #do(work: () => Promise<void>): void {
    this.#doing = this.#doing.then(work, work);
  }

  /** The grade is kept before the next card is shown. */
  #grade(desk: Desk, grade: Grade): void {
    const [sitting, view] = [this.#sitting, this.#view];
    if (!sitting || !view?.isOpen) return;
    this.#view = undefined;
    this.#do(async () => {
      const event = await desk.record.note(view.shown.card.item, { is: "grade", grade });
      announceTrouble(desk.record);
      sitting.grade(grade, event);
      this.#status.textContent = this.#sayLeft(sitting);
      await this.#showCard(desk);
    });
  }

  #undo(desk: Desk): void {
    this.#do(async () => {
      const event = this.#sitting?.undo();
      if (!event) return;
      this.#view = undefined;
      await desk.record.note(event.item, { is: "undo", event: event.id });
      this.#status.textContent = say("review.undone");
      await this.#showCard(desk);
    });
  }

  async #end(desk: Desk, sitting: Sitting): Promise<void> {
    this.#sitting = this.#view = undefined;
    await this.#showStart(desk);
    const summary = makeSummary(sitting, this.#absent);
    const undo = makeButton(say("review.undo"), desk.signal, () => {
      this.#sitting = sitting;
      this.#undo(desk);
    });
    undo.classList.add("tb-quiet");
    summary.append(makeActions(undo));
    this.#stage.prepend(summary);
    this.#status.textContent = "";
    summary.focus();
  }

  /** Keys act while a sitting is on, unless the learner writes somewhere, or turned single keys off. */
  #press(desk: Desk, event: KeyboardEvent): void {
    const { key, target } = event;
    if (!this.#sitting || event.ctrlKey || event.metaKey || event.altKey || recall<string>("keys") === "off") return;
    if (target instanceof HTMLElement && target.closest("input, textarea, select, [popover], dialog")) return;
    const onControl = target instanceof HTMLElement && target.closest("a, button, summary");
    if (key === " " && !onControl && this.#view && !this.#view.isOpen) this.#view.open();
    else if (/^[1-4]$/.test(key)) this.#grade(desk, Number(key) as Grade);
    else if (key === "u") this.#undo(desk);
    else return;
    event.preventDefault();
  }
}

export interface Desk {
  readonly record: LearnersRecord;
  readonly deck: Deck;
  readonly signal: AbortSignal;
}

defineElement("tb-review", (element, signal) => new Review().begin(element, signal));
