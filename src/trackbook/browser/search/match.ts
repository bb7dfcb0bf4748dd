import { make } from "../make";
import type { Result } from "./page-index";
import { isAlike, listWords } from "./words";

/** Of a module's pages the first of these comes first. */
export const LESSONS = ["lesson", "overview", "cheatsheet", "track"];

/** What was looked for: it says which results come first, and which words of a title are marked. */
export class Match {
  constructor(
    readonly words: readonly string[] = [],
    readonly kind: string | undefined = undefined,
  ) {}

  /** How many of the words a title has. */
  count(title: string): number {
    const has = listWords(title);
    return this.words.filter((word) => has.some((other) => isAlike(word, other))).length;
  }

  /** Whether a page's title has all that was asked for. */
  isTitle({ kind, title }: Result): boolean {
    return kind !== "concept" && this.count(title) === this.words.length;
  }

  /** Whether the words are a name of the concept, or half of one at least; of several that were asked for it may be one, unless a title has them all. */
  isMeaning({ title, names }: Result, isTitle: boolean): boolean {
    return [title, ...names].some((name) => {
      const has = listWords(name);
      const named = has.filter((word) => this.words.some((one) => isAlike(one, word))).length;
      const isWhole = this.count(name) === this.words.length;
      return named > 0 && (isWhole ? 2 * named >= has.length : named === has.length && !isTitle);
    });
  }

  /** How well a result fits. A lesson is also what its sections are about. */
  rank({ kind, title, names, sections }: Result): number {
    const asked = this.words.join(" ");
    const isExact = [title, ...(kind === "concept" ? names : [])].some((name) => listWords(name).join(" ") === asked);
    const inside = kind === "lesson" ? Math.max(0, ...sections.map(({ title }) => 0.9 * this.count(title))) : 0;
    const said = Math.max(this.count(title), inside) / (1 + this.words.length);
    return (kind === this.kind ? 4 : 0) + (isExact ? 2 : 0) + said - 0.01 * LESSONS.indexOf(kind);
  }

  mark(title: string): (Node | string)[] {
    return title.split(/([\p{L}\p{M}\p{N}]+)/u).map((part, place) => {
      const [word] = listWords(part);
      return place % 2 && word && this.words.some((one) => isAlike(one, word)) ? make("mark", "", part) : part;
    });
  }
}
