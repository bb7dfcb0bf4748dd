const ROW = 30;
const LOOP = 7;

export interface Arc {
  way: string;
  width: string;
  opacity: string;
}

/** For each word the way from the focus to it, its width in pixels, how opaque it is: the same as drawing.py. */
export function drawArcs(shares: readonly number[], focus: number): Arc[] {
  return shares.map((share, to) => ({
    way: writeWay(focus, to, shares.length),
    width: (0.75 + 13 * share).toFixed(2),
    opacity: share >= 0.005 ? Math.min(1, 0.3 + 1.4 * share).toFixed(2) : "0",
  }));
}

export function writeWay(focus: number, to: number, count: number): string {
  const [start, end] = [ROW * focus + ROW / 2, ROW * to + ROW / 2];
  if (focus === to) return `M0 ${start - LOOP}C22 ${start - LOOP} 22 ${start + LOOP} 0 ${start + LOOP}`;
  const out = (18 + (112 * Math.abs(focus - to)) / (count - 1)).toFixed(2);
  return `M0 ${start}C${out} ${start} ${out} ${end} 0 ${end}`;
}

/** In tenths. */
export function shade(share: number): string {
  return String(Math.floor(10 * share + 0.5));
}

/** Moves the arcs of one sentence; a cut one is a thin dashed line. */
export function showArcs(paths: readonly Element[], shares: readonly number[], focus: number, cut: number): void {
  const arcs = drawArcs(shares, focus);
  paths.forEach((path, to) => {
    const { way, width, opacity } = arcs[to]!;
    const isCut = to === cut;
    put(path, "data-cut", isCut ? "" : undefined);
    put(path, "d", way);
    put(path, "stroke-width", isCut ? "1.50" : width);
    put(path, "stroke-opacity", isCut ? "1" : opacity);
  });
}

/** Sets an attribute, or removes it; one that is so already costs nothing. */
export function put(node: Element, name: string, value: string | undefined): void {
  if (value === undefined) node.removeAttribute(name);
  else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
