/** A smaller share is not drawn. */
export const LEAST = 0.025;

/** The way from the focus to a word, its width in pixels, how opaque it is: the same as drawing.py. */
export function drawArc(share: number, focus: number, to: number, spans: readonly number[]): Readonly<Record<string, string>> {
  return {
    d: writeWay(focus, to, spans),
    "stroke-width": (0.75 + 13 * share).toFixed(2),
    "stroke-opacity": share >= LEAST && to !== focus ? Math.min(1, 0.3 + 1.4 * share).toFixed(2) : "0",
  };
}

function writeWay(focus: number, to: number, spans: readonly number[]): string {
  const sum = (end: number): number => spans.slice(0, end).reduce((all, one) => all + one, 0);
  const [start, end] = [2 * sum(focus) + spans[focus]!, 2 * sum(to) + spans[to]!];
  const top = (75 - (105 * Math.abs(end - start)) / (2 * sum(spans.length))).toFixed(1);
  return `M${start} 100C${start} ${top} ${end} ${top} ${end} 100`;
}

/** In tenths; what is drawn is 1 at least. */
export function shade(share: number): string {
  return String(share >= LEAST ? Math.max(1, Math.floor(10 * share + 0.5)) : 0);
}
