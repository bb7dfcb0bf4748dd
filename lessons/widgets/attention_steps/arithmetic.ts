export type Matrix = readonly (readonly number[])[];
export type Step = "score" | "scale" | "mask" | "softmax" | "blend";

export interface Vectors {
  readonly queries: Matrix;
  readonly keys: Matrix;
  readonly values: Matrix;
}

/** What each step makes: a row per token. The same arithmetic as __init__.py. */
export function attend({ queries, keys, values }: Vectors, causal: boolean): Record<Step, Matrix> {
  const score = queries.map((query) => keys.map((key) => dot(query, key)));
  const root = Math.sqrt(keys[0]?.length ?? 1);
  const scale = score.map((row) => row.map((one) => one / root));
  const mask = scale.map((row, at) => row.map((one, key) => (causal && key > at ? -Infinity : one)));
  const softmax = mask.map(weigh);
  return { score, scale, mask, softmax, blend: softmax.map((weights) => mix(weights, values)) };
}

export function weigh(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((one, other) => one + other, 0);
  return powers.map((power) => power / sum);
}

/** The rows, each times its weight, added up. */
export function mix(weights: readonly number[], rows: Matrix): number[] {
  return (rows[0] ?? []).map((_, entry) => dot(weights, rows.map((row) => row[entry] ?? 0)));
}

export function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, entry, at) => sum + entry * (other[at] ?? 0), 0);
}

export function writeFixed(number: number, decimals: number): string {
  if (number === -Infinity) return "−∞";
  const text = number.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

export function writeShort(number: number): string {
  return writeFixed(number, 3).replace(/\.000$/, "");
}
