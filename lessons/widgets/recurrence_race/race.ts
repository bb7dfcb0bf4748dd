/** What each of the two needs for a text: the same arithmetic as __init__.py. */
export function measure(length: number, width: number): Readonly<Record<string, number>> {
  return {
    length,
    width,
    steps: length,
    path: length - 1,
    work: length * width,
    comparisons: length * length,
    passing: 2 * length * length,
    double: 2 * length,
    double_work: 2 * length * width,
    double_passing: 8 * length * length,
  };
}

/** Where the marks of a length stand in the chart, in its own units. */
export function place(length: number, most: number, width: number): { x: number; recurrence: number; attention: number } {
  const top = most * Math.max(2 * most, width);
  const height = (work: number): number => FLOOR - (work / top) * RISE;
  return { x: (length / most) * ACROSS, recurrence: height(length * width), attention: height(2 * length * length) };
}

const ACROSS = 340;
const FLOOR = 200;
const RISE = 190;
