/** How many numbers each part of a transformer learns: the same arithmetic as __init__.py. */
export interface Size {
  readonly width: number;
  readonly heads: number;
  readonly feed: number;
  readonly layers: number;
  readonly tokens: number;
  readonly words: number;
  readonly norm: string;
  readonly positions: string;
  readonly biases: boolean;
}

/** The parts that a token meets, in their order. */
export const ORDERS: Readonly<Record<string, readonly string[]>> = {
  pre: ["in", "norm-1", "attention", "add-1", "norm-2", "feed", "add-2", "out"],
  post: ["in", "attention", "add-1", "norm-1", "feed", "add-2", "norm-2", "out"],
};

/** Learned numbers of each part. The output shares the embedding table; only pre-norm has a norm after all blocks. */
export function count(size: Size): Readonly<Record<string, number>> {
  const { width } = size;
  const norm = 2 * width;
  const attention = 4 * width * width + (size.biases ? 4 * width : 0);
  const feed = 2 * width * size.feed + size.feed + width;
  const block = attention + feed + 2 * norm;
  const blocks = size.layers * block;
  const embedding = size.words * width;
  const positions = size.positions === "learned" ? size.tokens * width : 0;
  const last = size.norm === "pre" ? norm : 0;
  const total = blocks + embedding + positions + last;
  const scores = size.heads * size.tokens * size.tokens;
  return { norm, attention, feed_count: feed, block, blocks, embedding, positions, last, total, scores };
}
