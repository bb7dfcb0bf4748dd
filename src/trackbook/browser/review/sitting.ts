import type { Grade, RecordEvent } from "../record/event";
import type { DeckCard } from "./deck";

/** So many other cards come before one that was missed comes back, if there are as many. */
const APART = 4;

export interface Step {
  readonly card: DeckCard;
  readonly grade: Grade;
  readonly event: RecordEvent;
}

/** One sitting: a line of cards, in which what was missed comes back until it is known. */
export class Sitting {
  readonly #steps: Step[] = [];
  #line: DeckCard[];

  constructor(cards: readonly DeckCard[]) {
    this.#line = [...cards];
  }

  get card(): DeckCard | undefined {
    return this.#line[0];
  }

  get next(): DeckCard | undefined {
    return this.#line[1];
  }

  get left(): number {
    return this.#line.length;
  }

  /** How many other cards would come before this one, were it missed. */
  get apart(): number {
    return Math.min(APART, this.#line.length - 1);
  }

  /** How many cards were answered, of all that this sitting has asked and will. */
  get share(): number {
    return this.#steps.length / (this.#steps.length + this.#line.length);
  }

  /** How many of the line were missed before. */
  get returning(): number {
    const missed = new Set(this.missed.map(({ item }) => item));
    return this.#line.filter(({ item }) => missed.has(item)).length;
  }

  get canUndo(): boolean {
    return this.#steps.length > 0;
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** Each card that was graded, once. */
  get seen(): DeckCard[] {
    return [...new Map(this.#steps.map(({ card }) => [card.item, card])).values()];
  }

  get missed(): DeckCard[] {
    return [...new Map(this.#steps.filter(({ grade }) => grade === 1).map(({ card }) => [card.item, card])).values()];
  }

  grade(grade: Grade, event: RecordEvent): void {
    const card = this.#line.shift();
    if (!card) return;
    this.#steps.push({ card, grade, event });
    if (grade === 1) this.#line.splice(APART, 0, card);
  }

  /** Passes over a card that can't be shown. */
  skip(): void {
    this.#line.shift();
  }

  /** Puts the last card back in front, and returns the event that is to be undone. */
  undo(): RecordEvent | undefined {
    const step = this.#steps.pop();
    if (!step) return undefined;
    const again = step.grade === 1 ? this.#line.lastIndexOf(step.card) : -1;
    if (again >= 0) this.#line.splice(again, 1);
    this.#line.unshift(step.card);
    return step.event;
  }
}
