import { say } from "../../browser/texts";
import { rank, writePercent } from "./weights";

export interface Side {
  /** The word that its twin has not; nothing where there is no twin. */
  own: string;
  tokens: readonly string[];
}

export interface Looked {
  sides: readonly Side[];
  /** For each side, what the word takes from each. */
  rows: readonly (readonly number[])[];
  word: number;
  candidates: readonly [number, number];
}

/** Where one sentence's word takes most from. */
export function sayLook({ sides, rows, word }: Looked, at: number): string {
  const { own, tokens } = sides[at]!;
  const [one = 0, two = 0] = rank(rows[at]!);
  const fields = { own, word: tokens[word]!, one: tokens[one]!, first: writePercent(rows[at]![one]!), two: tokens[two]!, second: writePercent(rows[at]![two]!) };
  return say(own ? "map.looks" : "map.looks_alone", fields);
}

/** What the focus takes from the two nouns in each sentence, and whether the larger share moves. */
export function sayDifference({ sides, rows, word, candidates }: Looked): string {
  const [first, second] = candidates;
  const told = sides.map(({ own, tokens }, at) =>
    say(own ? "map.takes" : "map.takes_alone", {
      own,
      focus: tokens[word]!,
      first: tokens[first]!,
      second: tokens[second]!,
      one: writePercent(rows[at]![first]!),
      two: writePercent(rows[at]![second]!),
    }),
  );
  if (sides.length < 2) return told.join(" ");
  const more = rows.map((row) => row[first]! >= row[second]!);
  const noun = sides[0]!.tokens[more[0] ? first : second]!;
  return [...told, say(more[0] === more[1] ? "map.stays" : "map.turns", { noun })].join(" ");
}
