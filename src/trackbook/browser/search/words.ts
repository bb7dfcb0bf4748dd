import { root } from "../site";

/** The words of all names in the course, and what else is known before the index is asked: see publishing/vocabulary.py. */
interface Known {
  readonly words: string;
  /** Words that say nothing of what is looked for, and those that a question is made of. */
  readonly small: readonly string[];
  readonly asking: readonly string[];
  /** What kinds of pages are called. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Each track with what it is called. */
  readonly tracks: readonly (readonly [string, string])[];
}

/** From so many letters on, a word may hold a slip, or two. */
const LONG = 5;
const LONGER = 7;
/** No shorter part of a word is taken for one. */
const SHORTEST = 3;
/** So many letters at the end may differ between two forms of a word. */
const ENDING = 3;
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g;

/** Scripts that write words without spaces: where one ends is not known. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** As words are compared: in small letters without marks. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(MARKS, "").toLocaleLowerCase();
}

/** The words of a text, folded; a compound is several. */
export function listWords(text: string): string[] {
  return fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Whether `word` is the other, a beginning of it, or another form of it. */
export function isAlike(word: string, other: string): boolean {
  let same = 0;
  while (same < word.length && word[same] === other[same]) same++;
  return same === word.length || same >= Math.max(LONG - 1, Math.max(word.length, other.length) - ENDING) || UNSPACED.test(word);
}

export class Vocabulary {
  /** As they are written, by the folded ones, which are in order. */
  private readonly written: ReadonlyMap<string, string>;
  private readonly folded: readonly string[];

  constructor(readonly known: Known) {
    this.written = new Map(known.words.split(" ").map((word) => [fold(word), word]));
    this.folded = [...this.written.keys()].sort();
  }

  /** Whether a name has the word, or one that begins so. */
  has(word: string): boolean {
    let [start, end] = [0, this.folded.length];
    while (start < end) {
      const middle = (start + end) >> 1;
      if ((this.folded[middle] ?? "") < word) start = middle + 1;
      else end = middle;
    }
    return this.folded[start]?.startsWith(word) ?? false;
  }

  /** The word that was meant, if there is one slip in it; it may be one that is still being typed, or two without the space between them. */
  mend(word: string): string | undefined {
    if (word.length < LONG) return undefined;
    const parts = this.cut(word);
    if (parts) return parts;
    const begun = (other: string): boolean =>
      other[0] === word[0] && [0, 1, -1].some((more) => isWithin(word, other.slice(0, word.length + more), 1));
    return this.choose(word, (other) => isWithin(word, other, 1)) ?? this.choose(word, begun);
  }

  /** A word that may have been meant: there are two slips. */
  guess(word: string): string | undefined {
    return word.length < LONGER ? undefined : this.choose(word, (other) => other[0] === word[0] && isWithin(word, other, 2));
  }

  /** Two words of names that were written as one. */
  private cut(word: string): string | undefined {
    for (let at = SHORTEST; at <= word.length - SHORTEST; at++) {
      const parts = [word.slice(0, at), word.slice(at)].flatMap((part) => this.written.get(part) ?? []);
      if (parts.length === 2) return parts.join(" ");
    }
    return undefined;
  }

  /** Of several that fit the one most alike at its beginning: there one looks while typing. */
  private choose(word: string, fits: (other: string) => boolean): string | undefined {
    const share = (other: string): number => {
      let same = 0;
      while (same < word.length && word[same] === other[same]) same++;
      return same;
    };
    const found = this.folded.filter((other) => other.length >= LONG - 1 && fits(other));
    const best = found.toSorted((one, other) => share(other) - share(one) || one.length - other.length)[0];
    return best && this.written.get(best);
  }
}

/** Whether so few slips make one word of the other: a letter too much, too few, another, or two neighbors in each other's place. */
export function isWithin(one: string, other: string, slips: number): boolean {
  if (Math.abs(one.length - other.length) > slips) return false;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  const [here, there] = [one.slice(same), other.slice(same)];
  if (here === there) return true;
  if (slips === 0) return false;
  return (
    isWithin(here.slice(1), there, slips - 1) ||
    isWithin(here, there.slice(1), slips - 1) ||
    isWithin(here.slice(1), there.slice(1), slips - 1) ||
    (here[0] === there[1] && here[1] === there[0] && isWithin(here.slice(2), there.slice(2), slips - 1))
  );
}

/** Loads the words. Rejects where there are none to be had. */
export async function loadVocabulary(): Promise<Vocabulary> {
  return new Vocabulary((await fetchKnown("words.json")) as Known);
}

export async function fetchKnown(path: string): Promise<unknown> {
  const answer = await fetch(new URL(`contents/${path}`, root), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}
