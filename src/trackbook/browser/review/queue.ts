import type { State } from "../record/replay";
import type { Deck, DeckCard, DeckModule } from "./deck";

/** So many cards are new on one day, whatever waits: each comes back several times in its first weeks. */
const NEW_A_DAY = 10;

/** What a day brings. `count` is the one number that every page tells: what a sitting would ask, beginning now. */
export interface Waiting {
  readonly due: readonly DeckCard[];
  readonly fresh: readonly DeckCard[];
  /** Due cards that a sibling gives away today; they come tomorrow. */
  readonly held: readonly DeckCard[];
  /** New cards beyond those of today. */
  readonly later: readonly DeckCard[];
  readonly count: number;
}

/**
 * What waits on a day: cards whose day has come, the longest overdue first, and new ones of each open module in turn.
 * Of siblings, which ask the same in other words, one is asked on a day.
 */
export function listWaiting(deck: Deck, state: State, today: number): Waiting {
  const cards = [...deck.cards.values()];
  const asked = new Set(cards.map(({ item }) => item).filter((item) => state.memories.get(item)?.last === today));
  const take = ({ item, siblings }: DeckCard): boolean => !siblings.some((sibling) => asked.has(sibling)) && !!asked.add(item);
  const known = cards.flatMap((card) => {
    const memory = state.memories.get(card.item);
    return memory && memory.due <= today ? [{ card, due: memory.due }] : [];
  });
  const [due, held] = part(known.sort((one, other) => one.due - other.due).map(({ card }) => card), take);
  const isOpen = ({ key }: DeckModule): boolean => state.done.has(key) || state.chosen.has(key);
  const unseen = interleave(cards.filter(({ item, module }) => !state.memories.has(item) && isOpen(module)));
  let room = NEW_A_DAY - [...state.memories.values()].filter(({ first }) => first === today).length;
  const [fresh, later] = part(unseen, (card) => {
    const fits = room > 0 && take(card);
    if (fits) room -= 1;
    return fits;
  });
  return { due, fresh, held, later, count: due.length + fresh.length };
}

/** New cards for those who want more than a day brings. */
export function listMore(state: State, { later }: Waiting, today: number): DeckCard[] {
  const asked = new Set([...state.memories].flatMap(([item, { last }]) => (last === today ? item : [])));
  return part(later, ({ item, siblings }) => !siblings.some((sibling) => asked.has(sibling)) && !!asked.add(item))[0].slice(0, NEW_A_DAY);
}

/** Cards of the next days for those who want to look at them now, the first that come; none that was asked today. */
export function listEarly(deck: Deck, { memories }: State, today: number): DeckCard[] {
  const known = [...deck.cards.values()].flatMap((card) => {
    const memory = memories.get(card.item);
    return memory && memory.last < today ? [{ card, due: memory.due }] : [];
  });
  return known.sort((one, other) => one.due - other.due).map(({ card }) => card).slice(0, NEW_A_DAY);
}

function part(cards: readonly DeckCard[], belongs: (card: DeckCard) => boolean): [DeckCard[], DeckCard[]] {
  const parts: [DeckCard[], DeckCard[]] = [[], []];
  for (const card of cards) parts[belongs(card) ? 0 : 1].push(card);
  return parts;
}

/** Cards of one module apart from each other, as far as they go: from each module one, again and again. */
export function interleave(cards: readonly DeckCard[]): DeckCard[] {
  const piles = [...Map.groupBy(cards, ({ module }) => module.key).values()];
  const longest = Math.max(0, ...piles.map((pile) => pile.length));
  const rounds = Array.from({ length: longest }, (_, round) => piles.flatMap((pile) => pile.slice(round, round + 1)));
  return rounds.flat();
}

/** How many cards come on each of the next days, today's first, if each day's are reviewed; new ones are among them. */
export function forecast(deck: Deck, state: State, { count, held, later }: Waiting, today: number, days: number): number[] {
  const counts = new Array<number>(days).fill(0);
  const add = (day: number, cards: number): void => void (day < days && (counts[day] = (counts[day] ?? 0) + cards));
  add(0, count);
  add(1, held.length);
  for (let left = later.length, day = 1; left > 0 && day < days; left -= NEW_A_DAY, day += 1) add(day, Math.min(left, NEW_A_DAY));
  for (const item of deck.cards.keys()) {
    const ahead = (state.memories.get(item)?.due ?? today) - today;
    if (ahead > 0) add(ahead, 1);
  }
  return counts;
}

export interface Coming {
  readonly days: number;
  readonly count: number;
}

/** The next day after this one with cards; undefined where none will come. */
export function findNext(deck: Deck, state: State, waiting: Waiting, today: number): Coming | undefined {
  const known = [...deck.cards.keys()].map((item) => (state.memories.get(item)?.due ?? today) - today).filter((ahead) => ahead > 0);
  const days = waiting.held.length + waiting.later.length > 0 ? 1 : Math.min(...known);
  return Number.isFinite(days) ? { days, count: forecast(deck, state, waiting, today, days + 1)[days] ?? 0 } : undefined;
}
