/** What a learner set: a network, the words by number, and the step looked at, counted from 0. */
export interface State {
  readonly which: number;
  readonly step: number;
  readonly ids: readonly number[];
}

export function writeWhole({ which, step, ids }: State): string {
  return [which, step, ...ids].join("_");
}

/** What an address says; nothing if it makes no sense. */
export function readWhole(written: string, known: number, most: number): State | undefined {
  const numbers = written.split("_").map((part) => (/^\d+$/.test(part) ? Number(part) : NaN));
  const [which = NaN, step = NaN, ...ids] = numbers;
  const isState = which <= 1 && step < ids.length && ids.length <= most && ids.every((id) => id < known);
  return isState ? { which, step, ids } : undefined;
}
