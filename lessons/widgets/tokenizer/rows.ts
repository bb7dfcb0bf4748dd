/** The row of each token in a table of embeddings, and which rows lie nearest: the same arithmetic as rows.py. */
export const TOP = 127;
const STEP = 8;
const MIDDLE = 14;

/** Whole numbers from -127 to 127, which stand for -1 to 1. */
export class Rows {
  constructor(
    readonly width: number,
    readonly numbers: Int8Array,
  ) {}

  find(token: number): Int8Array {
    return this.numbers.subarray(token * this.width, (token + 1) * this.width);
  }

  /** The tokens whose rows have the largest cosine with this one's; none for a row of zeros. */
  listNearest(token: number, count: number): number[] {
    const row = this.find(token);
    if (!row.some(Boolean)) return [];
    const found: { other: number; cosine: number }[] = [];
    for (let other = 0; other < this.numbers.length / this.width; other++) {
      const its = this.find(other);
      if (other !== token && its.some(Boolean)) found.push({ other, cosine: measureCosine(row, its) });
    }
    found.sort((one, two) => two.cosine - one.cosine || one.other - two.other);
    return found.slice(0, count).map(({ other }) => other);
  }
}

export function readRows(width: number, packed: string): Rows {
  return new Rows(width, Int8Array.from(atob(packed), (sign) => sign.charCodeAt(0)));
}

export function measureCosine(one: Int8Array, other: Int8Array): number {
  const multiply = (left: Int8Array, right: Int8Array): number => left.reduce((sum, number, at) => sum + number * (right[at] ?? 0), 0);
  return multiply(one, other) / Math.sqrt(multiply(one, one) * multiply(other, other));
}

/** A bar for each number, upward if it is above zero, in a drawing that is two times `MIDDLE` high. */
export function drawRow(row: Int8Array): string {
  return [...row].map((number, at) => (number ? `M${at * STEP + 1} ${MIDDLE}h6v${((-number * (MIDDLE - 1)) / TOP).toFixed(1)}h-6z` : "")).join("");
}
