import { say } from "../../browser/texts";
import type { Card } from "./cards";

/** The order of one sitting: every card once, then those not known yet, round by round. */
export class Sitting {
  readonly #queue: Card[];
  readonly #total: number;
  readonly #missed = new Set<Card>();
  readonly #seen = new Set<Card>();

  constructor(cards: readonly Card[]) {
    this.#queue = [...cards];
    this.#total = cards.length;
  }

  /** The card that is asked now; none when all are known. */
  get card(): Card | undefined {
    return this.#queue[0];
  }

  answer(known: boolean): void {
    const card = this.#queue.shift();
    if (!card) return;
    this.#seen.add(card);
    if (known) return;
    this.#missed.add(card);
    this.#queue.push(card);
  }

  describe(): string {
    const card = this.card;
    if (!card) return say("flashcards.done", { count: this.#total, once: this.#total - this.#missed.size, later: this.#missed.size });
    const waiting = this.#queue.filter((other) => this.#seen.has(other)).length;
    const values = { number: Math.min(this.#seen.size + (this.#seen.has(card) ? 0 : 1), this.#total), total: this.#total };
    return waiting === 0 ? say("flashcards.place", values) : say("flashcards.place_waiting", { ...values, count: waiting });
  }
}
