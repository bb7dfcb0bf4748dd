import type { Pace } from "./pace";

/** So many are sorted at a time. */
const RUN = 2000;

type Compare<Value> = (one: Value, other: Value) => number;

/** As `toSorted` does, while the page goes on. */
export async function sortGently<Value>(values: readonly Value[], compare: Compare<Value>, pace: Pace): Promise<Value[]> {
  let runs: Value[][] = [];
  for (let at = 0; at < values.length; at += RUN) {
    if (pace.isDue) await pace.rest();
    runs.push(values.slice(at, at + RUN).sort(compare));
  }
  while (runs.length > 1) {
    const merged: Value[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], compare, pace));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<Value>(ones: readonly Value[], others: readonly Value[], compare: Compare<Value>, pace: Pace): Promise<Value[]> {
  const merged: Value[] = [];
  let at = 0;
  for (const one of ones) {
    if (pace.isDue) await pace.rest();
    for (let other = others[at]; other !== undefined && compare(other, one) < 0; other = others[++at]) merged.push(other);
    merged.push(one);
  }
  for (; at < others.length; at++) merged.push(others[at] as Value);
  return merged;
}
