/** Stands before every text, as it ends every story. */
export const START = "<end>";

/** Lower-case words and signs, after the mark that every story begins with, if the model knows it: the same as __init__.py. */
export function splitWords(text: string, known: readonly string[]): string[] {
  const words = text.toLowerCase().match(/<end>|[\p{L}\p{N}_'’-]+|\S/gu) ?? [];
  return words[0] === START || !known.includes(START) ? words : [START, ...words];
}

/** A word is taken for a slip of another if no more than this share of its letters differ. */
const SLIP = 0.34;

/** Known words to put in the place of one that is not: those it may be a slip of, the nearest first, then those that would fit there. */
export function suggest(word: string, known: readonly string[], fitting: readonly string[], count: number): string[] {
  const near = known.filter((one) => one !== START).map((one) => ({ one, far: measure(word, one) }));
  const slips = near.filter(({ far }) => far <= SLIP).sort((a, b) => a.far - b.far || (a.one < b.one ? -1 : 1));
  return [...new Set([...slips.map(({ one }) => one), ...fitting])].slice(0, count);
}

/** How many letters must be put in, taken out or changed to make one of the other, as a share of the longer. */
function measure(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const change = one[at - 1] === other[to - 1] ? 0 : 1;
      next.push(Math.min(row[to]! + 1, next[to - 1]! + 1, row[to - 1]! + change));
    }
    row = next;
  }
  return row[other.length]! / Math.max(one.length, other.length);
}
