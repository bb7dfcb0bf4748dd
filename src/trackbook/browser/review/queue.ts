import type { State } from "../record/replay";
import type { Deck, DeckCard, DeckModule } from "./deck";

/** So many cards are new on one day, whatever waits: each comes back several times in its first weeks. */
export const NEW_A_DAY = 10;

export interface Waiting {
  readonly due: readonly DeckCard[];
  readonly fresh: readonly DeckCard[];
  /** New cards beyond those of today. */
  readonly later: readonly DeckCard[];
}

/** What waits on a day: cards whose day has come, the longest overdue first, and new ones of each open module in turn. */
export function listWaiting(deck: Deck, state: State, today: number): Waiting {
  const known = [...deck.cards.values()].flatMap((card) => {
    const memory = state.memories.get(card.item);
    return memory && memory.due <= today ? [{ card, due: memory.due }] : [];
  });
  const due = known.sort((one, other) => one.due - other.due).map(({ card }) => card);
  const isOpen = ({ key }: DeckModule): boolean => state.done.has(key) || state.chosen.has(key);
  const unseen = interleave([...deck.cards.values()].filter(({ item, module }) => !state.memories.has(item) && isOpen(module)));
  const begun = [...state.memories.values()].filter(({ first }) => first === today).length;
  const room = Math.max(0, NEW_A_DAY - begun);
  return { due, fresh: unseen.slice(0, room), later: unseen.slice(room) };
}

/** Cards of one module apart from each other, as far as they go: from each module one, again and again. */
export function interleave(cards: readonly DeckCard[]): DeckCard[] {
  const piles = [...Map.groupBy(cards, ({ module }) => module.key).values()];
  const longest = Math.max(0, ...piles.map((pile) => pile.length));
  const rounds = Array.from({ length: longest }, (_, round) => piles.flatMap((pile) => pile.slice(round, round + 1)));
  return rounds.flat();
}

/** How many cards come on each of the next days, today's first; what is overdue counts for today. */
export function forecast(deck: Deck, state: State, today: number, days: number): number[] {
  const counts = new Array<number>(days).fill(0);
  for (const item of deck.cards.keys()) {
    const memory = state.memories.get(item);
    const ahead = memory && Math.max(0, memory.due - today);
    if (ahead !== undefined && ahead < days) counts[ahead] = (counts[ahead] ?? 0) + 1;
  }
  return counts;
}
