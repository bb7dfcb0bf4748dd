import { type Fragment, loadPagefind, type Pagefind, type Section } from "./pagefind";
import { root } from "./site";

/** What stands beside the index: which one it is, of how many parts, and words too small to look for. */
interface Note {
  readonly state: "current" | "last" | "none";
  readonly version: string;
  readonly shards: number;
  readonly small: readonly string[];
}

/** Results that belong together stand in a group: a lesson, a track, or the other pages. */
export interface Group {
  readonly key: string;
  readonly title: string;
  readonly place: string;
  readonly track: number | null;
}

export interface Result {
  readonly address: string;
  readonly title: string;
  readonly label: string;
  readonly isConcept: boolean;
  readonly group: Group;
  /** Text in which every other piece, beginning with the second, is a word that was looked for. */
  readonly excerpt: readonly string[];
  readonly sections: readonly { readonly title: string; readonly address: string }[];
}

export interface Found {
  readonly count: number;
  /** The next so many results. */
  load(from: number, to: number): Promise<readonly Result[]>;
}

export interface Index {
  readonly state: Note["state"];
  find(query: string): Promise<Found>;
}

const WORDS_OF_EXCERPT = 28;
const SECTIONS = 3;

/** On a page for authors, search finds the pages for authors, and on all others the course. */
export const isForAuthors = (): boolean => document.body.classList.contains("tb-authors");

/** Loads the index that the last build made. Rejects when there is none to be had. */
export async function loadIndex(): Promise<Index> {
  const folder = new URL(isForAuthors() ? "search/authors/" : "search/", root);
  const answer = await fetch(new URL("search.json", folder), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`search.json: ${answer.status}`);
  const note = (await answer.json()) as Note;
  if (note.state === "none") return { state: "none", find: async () => ({ count: 0, load: async () => [] }) };
  const pagefind = await loadPagefind(folder);
  const options = { baseUrl: root.pathname, metaCacheTag: note.version, excerptLength: WORDS_OF_EXCERPT };
  await pagefind.options(options);
  await pagefind.init();
  const others = Array.from({ length: note.shards - 1 }, (_, place) => new URL(`${place + 1}/`, folder).href);
  await Promise.all(others.map((other) => pagefind.mergeIndex(other, options)));
  const small = new Set(note.small);
  return { state: note.state, find: (query) => find(pagefind, query, choose(query, small)) };
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

async function find(pagefind: Pagefind, query: string, words: string): Promise<Found> {
  if (!words) return { count: 0, load: async () => [] };
  const { results } = await pagefind.search(words);
  return {
    count: results.length,
    load: async (from, to) => {
      const fragments = await Promise.all(results.slice(from, to).map((result) => result.data()));
      return putFirst(fragments.map(read), query);
    },
  };
}

/** A definition of the very words that were asked for comes before all else, and so does its lesson. */
function putFirst(results: readonly Result[], query: string): readonly Result[] {
  const asked = query.trim().toLocaleLowerCase();
  const defines = ({ isConcept, title }: Result): boolean => isConcept && title.toLocaleLowerCase() === asked;
  return [...results.filter(defines), ...results.filter((result) => !defines(result))];
}

/** What a result shows beside its words stands in the record's first anchor: see site/search/records.py. */
function read(fragment: Fragment): Result {
  const shown = decodeURIComponent(fragment.anchors[0]?.id ?? "[]");
  const [kind, label, key, title, place, track] = JSON.parse(shown) as [string, string, string, string, string, number];
  const isConcept = kind === "concept";
  return {
    address: isConcept ? fragment.url.replace(/([^/]+)\/$/, "#$1") : fragment.url,
    title: fragment.meta["title"] ?? "",
    label,
    isConcept,
    group: { key, title, place, track },
    excerpt: isConcept ? readDefinition(fragment) : split(`… ${fragment.excerpt} …`),
    sections: chooseSections(fragment.sub_results),
  };
}

/** A definition whole, without the name before it. */
function readDefinition({ content, meta, locations }: Fragment): string[] {
  const wanted = new Set(locations);
  const words = content.split(/\s+/).map((word, place) => (wanted.has(place) ? `<mark>${word}</mark>` : word));
  return split(words.slice((meta["title"] ?? "").split(/\s+/).length).join(" "));
}

/** Pieces of text, every other one marked; neighbors in one mark. */
function split(marked: string): string[] {
  const pieces = marked.replaceAll("</mark> <mark>", " ").split(/<\/?mark>/);
  return pieces.map((piece) => piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
}

/** The sections that say most about what was looked for, in the order of the page. */
function chooseSections(sections: Fragment["sub_results"]): Result["sections"] {
  const weigh = (section: Section): number => section.weighted_locations.reduce((sum, word) => sum + word.balanced_score, 0);
  const inside = sections.filter(({ anchor }) => anchor);
  const best = new Set(inside.toSorted((one, other) => weigh(other) - weigh(one)).slice(0, SECTIONS));
  return inside.filter((section) => best.has(section)).map(({ title, url }) => ({ title, address: url }));
}
