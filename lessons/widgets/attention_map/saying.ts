import { say } from "trackbook";
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
  return say(own ? "attention-map.looks" : "attention-map.looks_alone", fields);
}

/** What the focus takes from the two nouns in each sentence, and whether the larger share moves. */
export function sayDifference({ sides, rows, word, candidates }: Looked): string {
  const { first, second, noun, isSame } = compare({ sides, rows, word, candidates }, 0);
  const told = sides.map(({ own, tokens }, at) => {
    const [one, two] = readShares(rows[at]!, candidates);
    return say(own ? "attention-map.takes" : "attention-map.takes_alone", { own, focus: tokens[word]!, first, second, one, two });
  });
  return sides.length < 2 ? told.join(" ") : [...told, say(isSame ? "attention-map.stays" : "attention-map.turns", { noun })].join(" ");
}

/** The same as the way from the first sentence to its twin. */
export function sayChange(looked: Looked): string {
  const { sides, rows, candidates } = looked;
  const { first, second, noun, isSame } = compare(looked, 1);
  const [[a, c], [b, d]] = [readShares(rows[0]!, candidates), readShares(rows[1]!, candidates)];
  const fields = { other: sides[0]!.own, own: sides[1]!.own, first, second, a, b, c, d };
  return `${say("attention-map.changes", fields)} ${say(isSame ? "attention-map.kept" : "attention-map.moved", { noun })}`;
}

function readShares(row: readonly number[], [first, second]: readonly [number, number]): [string, string] {
  return [writePercent(row[first]!), writePercent(row[second]!)];
}

/** The two nouns, which of them has the larger share on one side, and whether that is so on all sides. */
function compare({ sides, rows, candidates }: Looked, side: number): { first: string; second: string; noun: string; isSame: boolean } {
  const [first, second] = candidates.map((place) => sides[0]!.tokens[place]!) as [string, string];
  const isFirst = rows.map((row) => row[candidates[0]]! >= row[candidates[1]]!);
  return { first, second, noun: isFirst[side] ? first : second, isSame: isFirst.every((one) => one === isFirst[0]) };
}
