import { attend, dot, mix, weigh, type Step, type Vectors } from "./arithmetic";

/** The numbers, and the query's row and the key's column that are asked about. */
export interface Question extends Vectors {
  readonly causal: boolean;
  readonly row: number;
  readonly column: number;
}

/** Two decimals are enough, and what was rounded on the way may be carried on. */
const NEAR = 0.006;

/** The entry of a blend that is asked for: the first may be the weight itself, where values begin with 1 and 0. */
const LAST = -1;

type Slip = [name: string, made: number, near?: number];

/** What is right at a step: one number of its table; at the mask, how many keys the row may look at. */
export function answerOf(step: Step, asked: Question): number {
  const { row, column } = asked;
  if (step === "mask") return asked.causal ? row + 1 : asked.keys.length;
  return attend(asked, asked.causal)[step][row]?.at(step === "blend" ? LAST : column) ?? 0;
}

/** "right", or the name of the slip that leads to the number given, or "wrong". */
export function diagnose(step: Step, given: readonly number[], asked: Question): string {
  const isNear = (wanted: number, near = NEAR): boolean => given.some((one) => Math.abs(one - wanted) <= near);
  if (isNear(answerOf(step, asked))) return "right";
  return listSlips(step, asked).find(([, made, near]) => isNear(made, near))?.[0] ?? "wrong";
}

/** What typical slips would give, the likeliest first; the last is how near counts, where that is not as usual. */
function listSlips(step: Step, asked: Question): Slip[] {
  const { queries, keys, values, causal, row, column } = asked;
  const size = keys[0]?.length ?? 1;
  const run = attend(asked, causal);
  const at = (rows: readonly (readonly number[])[], one = row, other = column): number => rows[one]?.[other] ?? 0;
  const [score, scaled, weights] = [at(run.score), at(run.scale), run.softmax[row] ?? []];
  const scaledRow = run.scale[row] ?? [];
  const unscaled = weigh((run.score[row] ?? []).map((one, key) => (causal && key > row ? -Infinity : one)));
  switch (step) {
    case "score":
      return [
        ["scaled", scaled],
        ["other_way", at(run.score, column, row)],
        ["by_value", dot(queries[row] ?? [], values[column] ?? [])],
        ["by_query", dot(queries[row] ?? [], queries[column] ?? [])],
        ["sign", -score],
      ];
    case "scale":
      return [["unscaled", score], ["by_size", score / size], ["times", score * Math.sqrt(size)], ["sign", -scaled]];
    case "mask":
      return [["all_keys", keys.length], ["not_itself", row]];
    case "softmax":
      return [
        ["power", Math.exp(scaled)],
        ["percent", (weights[column] ?? 0) * 100, NEAR * 100],
        ["no_scale", unscaled[column] ?? 0],
        ["no_mask", weigh(scaledRow)[column] ?? 0],
        ["no_power", scaled / scaledRow.reduce((one, other) => one + other, 0)],
        ["down", weigh(run.mask.map((one) => one[column] ?? 0))[row] ?? 0],
        ...weights.map((weight): Slip => ["other_key", weight]),
      ];
    case "blend":
      return [
        ["no_weights", values.reduce((sum, value) => sum + (value.at(LAST) ?? 0), 0)],
        ["blend_keys", mix(weights, keys).at(LAST) ?? 0],
        ["blend_no_scale", mix(unscaled, values).at(LAST) ?? 0],
        ["blend_no_mask", mix(weigh(scaledRow), values).at(LAST) ?? 0],
        ["mean", mix(weights.map(() => 1 / weights.length), values).at(LAST) ?? 0],
        ...weights.map((weight, key): Slip => ["one_part", weight * (values[key]?.at(LAST) ?? 0)]),
        ...(run.blend[row] ?? []).map((entry): Slip => ["other_entry", entry]),
      ];
  }
}
