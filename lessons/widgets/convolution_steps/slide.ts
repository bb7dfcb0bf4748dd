/** Convolution on small grids, and which pixels a number comes from: the same arithmetic as __init__.py. */
export type Grid = readonly (readonly number[])[];
/** The first and the last of some rows or columns, counted from 0. */
export type Span = readonly [number, number];

/** A square kernel, how far it moves each time, and how wide a frame of zeros lies around what it reads. */
export interface Layer {
  readonly kernel: Grid;
  readonly stride: number;
  readonly padding: number;
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

export function frame(grid: Grid, padding: number): Grid {
  if (!grid[0]) return [];
  const width = grid[0].length + 2 * padding;
  const edge = Array.from({ length: padding }, () => zeros(width));
  return [...edge, ...grid.map((row) => [...zeros(padding), ...row, ...zeros(padding)]), ...edge];
}

/** Relationship 6 of https://arxiv.org/abs/1603.07285; 0 where the kernel is too large. */
export function countPlaces(size: number, { kernel, stride, padding }: Layer): number {
  return Math.max(0, Math.floor((size + 2 * padding - kernel.length) / stride) + 1);
}

/** The weights of the kernel, each with the number below it. */
export function lay(framed: Grid, { kernel, stride }: Layer, row: number, column: number): [number, number][] {
  return kernel.flatMap((weights, down) =>
    weights.map((weight, right): [number, number] => [weight, framed[row * stride + down]?.[column * stride + right] ?? 0]),
  );
}

/** The feature map, without rows where no place fits. */
export function convolve(grid: Grid, layer: Layer): Grid {
  const columns = countPlaces(grid[0]?.length ?? 0, layer);
  if (!grid[0] || !columns) return [];
  const framed = frame(grid, layer.padding);
  const sum = (row: number, column: number): number => lay(framed, layer, row, column).reduce((total, [weight, number]) => total + weight * number, 0);
  return Array.from({ length: countPlaces(grid.length, layer) }, (_, row) => zeros(columns).map((_zero, column) => sum(row, column)));
}

/** Which rows of a framed grid lie below a row of its map; columns go alike. */
export function lookDown(at: number, { kernel, stride }: Layer): Span {
  return [at * stride, at * stride + kernel.length - 1];
}

/** Below a row of the second map: rows of the first map, which has so many, and of the framed image. */
export function lookThrough(at: number, size: number, first: Layer, second: Layer): [Span, Span] {
  const [top, bottom] = lookDown(at, second);
  const seen: Span = [Math.max(0, top - second.padding), Math.min(size - 1, bottom - second.padding)];
  return [seen, [lookDown(seen[0], first)[0], lookDown(seen[1], first)[1]]];
}

/** The width of the receptive field after 1, 2, … layers with kernels of this size. */
export function widen(size: number, stride: number, layers: number): number[] {
  let step = 1;
  let width = 1;
  return Array.from({ length: layers }, () => {
    width += (size - 1) * step;
    step *= stride;
    return width;
  });
}
