import type { Found, Index } from "./page-index";
import { loadNames, type Names } from "./names";
import { fold, listWords, type Vocabulary } from "./words";
import { root } from "../site";

/** What came of a query, and what was done to it before. */
export interface Answer {
  readonly found: Found;
  /** The words that were looked for, folded. */
  readonly words: readonly string[];
  /** The kind of page that was asked for by its name, as "cheatsheet" is. */
  readonly kind: string | undefined;
  /** The query that was asked in the place of the one that was typed. */
  readonly mended?: string;
  /** What may have been meant, where it was not asked. */
  readonly meant?: string;
  /** Words that were left out, since nothing has them. */
  readonly without: readonly string[];
}

/** What is asked: the index, or without a network the names that are at hand. */
export type Source = Index | Names;

/** What becomes of a word: the word to look for, if any, and one that may have been meant. */
interface Fate {
  readonly asked?: string;
  readonly meant?: string;
}

const NOTHING: Found = { count: 0, load: async () => [] };
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Of so many tracks the names are looked through for words that say nothing. */
const TRACKS = 10;

/** Asks for what a learner typed; `literally`, for that and nothing else. */
export async function ask(query: string, source: Source, vocabulary: Vocabulary | undefined, literally: boolean): Promise<Answer> {
  const find = async (words: readonly string[]): Promise<Found> =>
    !words.length ? NOTHING : "knows" in source ? source.find(words.join(" ")) : source.find(words.flatMap(listWords));
  if ("knows" in source && /^\s*".+"\s*$/.test(query)) return { found: await source.find(query), words: listWords(query), kind: undefined, without: [] };
  const { words, kind } = choose(query, vocabulary);
  if (!words.length && vocabulary) {
    const said = listWords(query);
    const found = said.length ? (await loadNear(source, vocabulary)).find(said) : NOTHING;
    return { found, words: said, kind, without: [] };
  }
  const fates = new Map(await Promise.all(words.map(async (word) => [word, await weigh(word, source, vocabulary)] as const)));
  const change = (choose: (fate: Fate) => string | undefined): string =>
    query.trim().replace(WORD, (word) => choose(fates.get(fold(word)) ?? {}) ?? word);
  const without = words.filter((word) => !fates.get(word)?.asked);
  const mends = words.some((word) => fates.get(word)?.asked && fates.get(word)?.meant);
  const guesses = words.some((word) => fates.get(word)?.meant);
  const meant = guesses && (literally || without.length) ? { meant: change(({ meant }) => meant) } : {};
  if (literally) return { found: mends || without.length ? NOTHING : await find(words), words, kind, ...meant, without: [] };
  const asked = words.flatMap((word) => fates.get(word)?.asked ?? []);
  const mended = mends ? { mended: change(({ asked }) => asked) } : {};
  return { found: await find(asked), words: asked.flatMap(listWords), kind, ...mended, ...meant, without };
}

/** The names of the track that one reads, and of some others. */
async function loadNear(source: Source, vocabulary: Vocabulary): Promise<Names> {
  if (!("knows" in source)) return source;
  const here = (id: string): boolean => location.pathname.startsWith(new URL(`${id}/`, root).pathname);
  const tracks = vocabulary.known.tracks.toSorted(([one], [other]) => Number(here(other)) - Number(here(one)));
  return loadNames(vocabulary, tracks.slice(0, TRACKS));
}

/**
 * Small words stand on every page: they would find nothing more, and their part of the index is the heaviest by far. A single letter
 * begins a word that is still being typed. Words that a question is made of, and those for kinds of pages, count where there is no other.
 */
function choose(query: string, vocabulary: Vocabulary | undefined): { words: string[]; kind: string | undefined } {
  const all = [...new Set(listWords(query))].filter((word) => !/^[\p{Script=Latin}\p{N}]$/u.test(word));
  if (!vocabulary) return { words: all, kind: undefined };
  const { small, asking, kinds } = vocabulary.known;
  const folded = (words: readonly string[]): Set<string> => new Set(words.map(fold));
  const leave = (words: readonly string[], left: ReadonlySet<string>): string[] => words.filter((word) => !left.has(word));
  const telling = leave(all, folded(small));
  const plain = leave(telling, folded(asking));
  const rest = leave(plain, folded(Object.values(kinds)));
  const kind = Object.keys(kinds).find((kind) => plain.includes(fold(kinds[kind] ?? "")));
  const words = [rest, plain, telling].find((words) => words.length) ?? [];
  return { words, kind: words === rest ? kind : undefined };
}

/** A name of the course is right as it is, and so is what a page has, if only with another ending; else a slip is mended. */
async function weigh(word: string, source: Source, vocabulary: Vocabulary | undefined): Promise<Fate> {
  if (!vocabulary || vocabulary.has(word)) return { asked: word };
  const mend = vocabulary.mend(word);
  const known = "knows" in source ? await source.knows(word, !!mend) : undefined;
  const mended = known === "so" ? undefined : mend;
  if (mended && !(known && fold(mended).startsWith(word.slice(0, -1)))) return { asked: mended, meant: mended };
  if (known) return { asked: word };
  const guess = vocabulary.guess(word);
  return guess ? { meant: guess } : {};
}
