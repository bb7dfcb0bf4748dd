import { root } from "../site";

/** A module with cards, in the order of the course. */
export interface DeckModule {
  readonly key: string;
  readonly place: string;
  readonly title: string;
  readonly url: string;
  readonly number: number;
  readonly cards: readonly string[];
  /** Pairs that ask the same in other words, by their places among the cards. */
  readonly siblings?: readonly (readonly [number, number])[];
}

/** What stands on a card, as HTML that the build made. */
export interface Sides {
  readonly front: string;
  readonly back: string;
  readonly hint?: string;
}

export interface DeckCard {
  readonly item: string;
  readonly module: DeckModule;
  /** The items that ask the same in other words. */
  readonly siblings: readonly string[];
}

/** Every card of the course; what stands on them is fetched when they are shown. */
export class Deck {
  readonly cards: ReadonlyMap<string, DeckCard>;
  readonly #sides = new Map<string, Promise<Readonly<Record<string, Sides>> | undefined>>();

  constructor(readonly modules: readonly DeckModule[]) {
    this.cards = new Map(modules.flatMap(listCards).map((card) => [card.item, card]));
  }

  static async load(): Promise<Deck> {
    const modules = await fetchJson<DeckModule[]>("review/cards.json");
    if (!modules) throw new Error("no deck");
    return new Deck(modules);
  }

  /** Undefined without a network, where the card's track is not kept. A later call asks again. */
  async readSides({ item, module: { key } }: DeckCard): Promise<Sides | undefined> {
    const loading = this.#sides.get(key) ?? fetchJson<Record<string, Sides>>(`review/cards/${key}.json`);
    this.#sides.set(key, loading);
    const sides = await loading;
    if (!sides) this.#sides.delete(key);
    return sides?.[item];
  }
}

function listCards(module: DeckModule): DeckCard[] {
  const items = module.cards.map((card) => (card.includes("#") ? card : `${module.key}#${card}`));
  const pairs = module.siblings ?? [];
  const others = (index: number): number[] => pairs.flatMap(([one, other]) => (index === one ? other : index === other ? one : []));
  return items.map((item, index) => ({ item, module, siblings: others(index).flatMap((other) => items[other] ?? []) }));
}

async function fetchJson<Value>(address: string): Promise<Value | undefined> {
  try {
    const response = await fetch(new URL(address, root));
    return response.ok ? ((await response.json()) as Value) : undefined;
  } catch {
    return undefined;
  }
}
