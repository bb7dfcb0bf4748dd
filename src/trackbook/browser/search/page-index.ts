import { type Fragment, loadPagefind, type Pagefind, type SubResult } from "./pagefind";
import { listWords } from "./words";
import { root } from "../site";

/** What stands beside the index: which one it is, of how many parts, and words too small to look for. */
interface Note {
  readonly state: "current" | "last" | "none";
  readonly version: string;
  readonly shards: number;
  readonly small: readonly string[];
}

export interface Section {
  readonly title: string;
  readonly address: string;
  readonly excerpt: readonly string[];
  /** How much it says of what was looked for. */
  readonly weight: number;
}

export interface Result {
  readonly kind: string;
  readonly address: string;
  readonly title: string;
  readonly label: string;
  /** How long it takes, as text; empty where that is not known. */
  readonly time: string;
  /** What else it is known by. */
  readonly names: readonly string[];
  /** A key that the pages of a module share, and where in the course they stand. */
  readonly group: { readonly key: string; readonly place: string };
  /** Text in which every other piece, beginning with the second, is a word that was looked for. */
  readonly excerpt: readonly string[];
  readonly sections: readonly Section[];
}

export interface Found {
  readonly count: number;
  /** The next so many results. */
  load(from: number, to: number): Promise<readonly Result[]>;
}

export interface Index {
  readonly state: Note["state"];
  find(query: string): Promise<Found>;
  /** Whether anything has the word, or another form of it; which of them it is, only where that `isDoubted`. */
  knows(word: string, isDoubted: boolean): Promise<"so" | "otherwise" | undefined>;
}

const WORDS_OF_EXCERPT = 28;
/** Signs of an excerpt before the first mark in it. */
const LEAD = 40;
/** Where fewer have all the words, those with one of them follow. */
const FEW = 5;
/** Results that are asked how they spell a word. */
const BEST = 3;

/** On a page for authors, search finds the pages for authors, and on all others the course. */
export const isForAuthors = (): boolean => document.body.classList.contains("tb-authors");

/** Loads the index that the last build made. Rejects when there is none to be had. */
export async function loadIndex(): Promise<Index> {
  const folder = new URL(isForAuthors() ? "search/authors/" : "search/", root);
  const note = await fetchNote(folder);
  if (note.state === "none") return { state: "none", find: async () => ({ count: 0, load: async () => [] }), knows: async () => "so" };
  const pagefind = await loadPagefind(folder);
  const options = { baseUrl: root.pathname, metaCacheTag: note.version, excerptLength: WORDS_OF_EXCERPT };
  await pagefind.options(options);
  await pagefind.init();
  const others = Array.from({ length: note.shards - 1 }, (_, place) => new URL(`${place + 1}/`, folder).href);
  await Promise.all(others.map((other) => pagefind.mergeIndex(other, options)));
  const small = new Set(note.small);
  /** Pagefind finds nothing, too, where its files don't come. */
  const search: Pagefind["search"] = async (query) => {
    const found = await pagefind.search(query);
    if (!found.results.length) await fetchNote(folder);
    return found;
  };
  return { state: note.state, find: (query) => find(search, choose(query, small)), knows: (word, isDoubted) => knows(search, word, isDoubted) };
}

async function fetchNote(folder: URL): Promise<Note> {
  const answer = await fetch(new URL("search.json", folder), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`search.json: ${answer.status}`);
  return (await answer.json()) as Note;
}

/**
 * Small words stand on every page: they would find nothing more, and their part of the index is the heaviest by far.
 * A single letter begins a word that is still being typed. Parts of a compound are found with and without its hyphen. What stands in
 * quotes is looked for as it is.
 */
function choose(query: string, small: ReadonlySet<string>): string {
  if (/^\s*".+"\s*$/.test(query)) return query;
  const words = query.toLocaleLowerCase().split(/[\s\p{Pd}]+/u);
  return words.filter((word) => word && !small.has(word) && !/^[\p{Script=Latin}\p{N}]$/u.test(word)).join(" ");
}

async function find(search: Pagefind["search"], words: string): Promise<Found> {
  const { results } = words ? await search(words) : { results: [] };
  const found = new Map(results.map((result) => [result.id, result]));
  const each = words.split(" ");
  if (each.length > 1 && results.length < FEW && !words.startsWith('"')) {
    for (const word of each) for (const result of (await search(word)).results) found.has(result.id) || found.set(result.id, result);
  }
  const all = [...found.values()];
  return {
    count: all.length,
    load: async (from, to) => (await Promise.all(all.slice(from, to).map((result) => result.data()))).map(read),
  };
}

/** Pagefind finds other forms of a word, and what has its first letters: the best results tell which it was. Each weighs as much as a page. */
async function knows(search: Pagefind["search"], word: string, isDoubted: boolean): Promise<"so" | "otherwise" | undefined> {
  const whole = (await search(`"${word}"`)).results;
  if (whole.length && !isDoubted) return "otherwise";
  const found = whole.length ? whole : (await search(word)).results;
  for (const result of found.slice(0, BEST)) {
    const { content, locations } = await result.data();
    const words = content.split(/\s+/);
    const marked = locations.map((place) => words[place] ?? "").join(" ");
    if (listWords(marked).some((other) => other.startsWith(word))) return "so";
  }
  return whole.length ? "otherwise" : undefined;
}

/** What a result shows beside its words stands in the record's first anchor: see site/search/records.py. */
function read(fragment: Fragment): Result {
  const shown = decodeURIComponent(fragment.anchors[0]?.id ?? "[]");
  const [kind, label, key, place, time] = JSON.parse(shown) as [string, string, string, string, string];
  const isConcept = kind === "concept";
  return {
    kind,
    address: isConcept ? fragment.url.replace(/([^/]+)\/$/, "#$1") : fragment.url,
    title: fragment.meta["title"] ?? "",
    label,
    time,
    names: (fragment.meta["names"] ?? "").split("; "),
    group: { key, place },
    excerpt: isConcept ? readDefinition(fragment) : cut(fragment.excerpt, fragment.content),
    sections: fragment.sub_results.filter(({ anchor }) => anchor).map((section) => readSection(section, fragment.content)),
  };
}

/** A definition whole, without the name before it. */
function readDefinition({ content, meta, locations }: Fragment): string[] {
  const wanted = new Set(locations);
  const words = content.split(/\s+/).map((word, place) => (wanted.has(place) ? `<mark>${word}</mark>` : word));
  return split(words.slice((meta["title"] ?? "").split(/\s+/).length).join(" "));
}

function readSection({ title, url, excerpt, weighted_locations }: SubResult, content: string): Section {
  const weight = weighted_locations.reduce((sum, word) => sum + word.balanced_score, 0);
  return { title, address: url, excerpt: cut(excerpt, content), weight };
}

/** An excerpt whose first mark is near its beginning: on a phone two lines of it are shown. Dots stand where a text goes on, beside a word. */
function cut(excerpt: string, content: string): string[] {
  const [before = "", ...rest] = split(excerpt);
  const whole = [before, ...rest].join("").trim();
  if (!whole) return [];
  const lead = before.length > LEAD && rest.length ? before.slice(-LEAD).replace(/^\S*\s/, "") : before;
  const isBegun = lead !== before || !content.trimStart().startsWith(whole);
  const isOver = content.trimEnd().endsWith(whole);
  const pieces = [`${isBegun ? "…\u00a0" : ""}${lead}`, ...rest];
  return pieces.map((piece, place) => (isOver || place < rest.length ? piece : `${piece.trimEnd()}\u00a0…`));
}

/** Pieces of text, every other one marked; neighbors in one mark. */
function split(marked: string): string[] {
  const pieces = marked.replaceAll("</mark> <mark>", " ").split(/<\/?mark>/);
  return pieces.map((piece) => piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
}
