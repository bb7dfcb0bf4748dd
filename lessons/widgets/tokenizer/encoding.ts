/** Cuts text into tokens by the merges of byte-pair encoding: the same arithmetic as encoding.py. */
export const BYTES = 256;
const PIECE = / ?[A-Za-z\x80-\xff]+| ?[0-9]+| ?[^A-Za-z\x80-\xff0-9\t-\r ]+|[\t-\r ]+/g;

/** A merge, counted from 0 in the vocabulary, and the ids after it was made wherever its pair stands. */
export interface Step {
  readonly merge: number;
  readonly ids: readonly number[];
}

export interface Vocabulary {
  readonly merges: readonly (readonly [number, number])[];
  /** What each id spells, as bytes. */
  readonly tokens: readonly (readonly number[])[];
  readonly order: ReadonlyMap<number, number>;
}

const keyOf = (left: number, right: number): number => left * 0x10000 + right;

export function readVocabulary(merges: Vocabulary["merges"]): Vocabulary {
  const tokens: number[][] = Array.from({ length: BYTES }, (_, byte) => [byte]);
  for (const [left, right] of merges) tokens.push([...(tokens[left] ?? []), ...(tokens[right] ?? [])]);
  return { merges, tokens, order: new Map(merges.map(([left, right], at) => [keyOf(left, right), at])) };
}

/** Pairs are merged inside pieces: a word with the space before it, a number, a run of other signs. */
function splitPieces(bytes: readonly number[]): number[][] {
  const signs = bytes.map((byte) => String.fromCharCode(byte)).join("");
  return (signs.match(PIECE) ?? []).map((piece) => Array.from(piece, (sign) => sign.charCodeAt(0)));
}

/** All merges that the text gives occasion to, in the order of the vocabulary. */
export function listSteps({ merges, order }: Vocabulary, bytes: readonly number[]): Step[] {
  let pieces = splitPieces(bytes);
  const steps: Step[] = [];
  for (let merge = findNext(pieces, order); merge !== undefined; merge = findNext(pieces, order)) {
    const [left, right] = merges[merge] ?? [0, 0];
    const merged = BYTES + merge;
    pieces = pieces.map((piece) => mergePair(piece, left, right, merged));
    steps.push({ merge, ids: pieces.flat() });
  }
  return steps;
}

function findNext(pieces: readonly (readonly number[])[], order: Vocabulary["order"]): number | undefined {
  let first: number | undefined;
  for (const piece of pieces) {
    for (let at = 0; at + 1 < piece.length; at++) {
      const merge = order.get(keyOf(piece[at] ?? 0, piece[at + 1] ?? 0));
      if (merge !== undefined && (first === undefined || merge < first)) first = merge;
    }
  }
  return first;
}

/** From the left, each pair becomes one; what overlaps a pair that was merged stays. */
function mergePair(ids: readonly number[], left: number, right: number, merged: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < ids.length; at++) {
    const isPair = ids[at] === left && ids[at + 1] === right;
    found.push(isPair ? merged : (ids[at] ?? 0));
    if (isPair) at++;
  }
  return found;
}

export function writeBytes(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
