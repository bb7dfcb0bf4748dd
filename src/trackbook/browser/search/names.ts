import type { Found, Result } from "./page-index";
import { fetchKnown, isAlike, listWords, type Vocabulary } from "./words";
import { root } from "../site";

/** Kind, title, address, place, what it says, and other names. */
type Name = readonly [string, string, string, string, string, ...string[]];

/** The names of tracks that could be had, and what the other tracks are called. */
export interface Names {
  readonly tracks: readonly string[];
  readonly others: readonly string[];
  find(words: readonly string[]): Found;
}

/** Loads the names of tracks: without a network those that are kept on the device. */
export async function loadNames({ known }: Vocabulary, wanted = known.tracks): Promise<Names> {
  const loads = wanted.map(([track]) => fetchKnown(`names/${track}.json`) as Promise<{ readonly names: readonly Name[] }>);
  const loaded = await Promise.allSettled(loads);
  const names = loaded.flatMap((load) => (load.status === "fulfilled" ? load.value.names : []));
  const list = (status: string): string[] => wanted.filter((_, place) => loaded[place]?.status === status).map(([, title]) => title);
  const all = names.map((name) => describe(name, known.kinds));
  return { tracks: list("fulfilled"), others: list("rejected"), find: (words) => find(all, words) };
}

/** What each word that is asked for stands in: a name, or the meaning of a concept. */
function find(all: readonly Result[], words: readonly string[]): Found {
  const hold = (result: Result): boolean => {
    const said = listWords([result.title, ...result.names, ...(result.kind === "concept" ? result.excerpt : [])].join(" "));
    return words.every((word) => said.some((other) => isAlike(word, other)));
  };
  const found = words.length ? all.filter(hold) : [];
  return { count: found.length, load: async (from, to) => found.slice(from, to) };
}

function describe([kind, title, address, place, said, ...names]: Name, kinds: Readonly<Record<string, string>>): Result {
  const key = /^([^/]+\/[^/]+)\//.exec(address)?.[1] ?? "";
  const label = kinds[kind === "place" ? "lesson" : kind] ?? "";
  const there = new URL(address, root).href;
  return { kind, address: there, title, label, time: "", names, group: { key, place }, excerpt: said ? [said] : [], sections: [] };
}
