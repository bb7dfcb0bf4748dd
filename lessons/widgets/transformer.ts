/**
 * The arithmetic of a small GPT, every step kept: layers normed first, learned positions, attention to what came before, GELU with
 * tanh. The same in Python: `transformer.py`. Layers, heads and places count from 0 here; data and pages write L3H2 for
 * the head (2, 1).
 */

export type Vector = Float64Array;
/** Rows. */
export type Matrix = Vector[];

export interface TensorData {
  tensors: { name: string; shape: number[]; offset: number; scales?: number }[];
  weights: string;
}

/** What a file of `lessons/data/models` holds, as far as it is needed here. */
export interface ModelData extends TensorData {
  config: { context: number; layers: number; heads: number; width: number; feed: number };
  vocabulary: string[];
}

export interface Tensors {
  /** By name, [out, in]. */
  matrices: Map<string, Matrix>;
  vectors: Map<string, Vector>;
}

export interface Model extends Tensors {
  words: string[];
  context: number;
  layers: number;
  heads: number;
  width: number;
  feed: number;
}

export interface Head {
  layer: number;
  head: number;
}

/** What a head takes at the place `from` out of the place `to`. */
export interface Link extends Head {
  from: number;
  to: number;
}

export interface Cuts {
  heads?: readonly Head[];
  links?: readonly Link[];
}

/** What one layer computes. Rows are places; what each head has comes head by head. */
export interface LayerRun {
  before: Matrix;
  normed: Matrix;
  query: Matrix[];
  key: Matrix[];
  value: Matrix[];
  /** Query times key over the root of their length; -Infinity at places that come later and at cut links. */
  scores: Matrix[];
  attention: Matrix[];
  /** Values, blended by the weights; nothing but zeros for a cut head. */
  blended: Matrix[];
  /** What the heads together add to the stream. */
  attended: Matrix;
  middle: Matrix;
  /** Absent in models without a feed-forward part, where `after` is `middle`. */
  feeding?: Feeding;
  after: Matrix;
}

export interface Feeding {
  normed: Matrix;
  expanded: Matrix;
  activated: Matrix;
  /** What this part adds to the stream. */
  fed: Matrix;
}

export interface Run {
  ids: readonly number[];
  embedded: Matrix;
  layers: LayerRun[];
  final: Matrix;
  logits: Matrix;
  /** For each place, how likely each word is to come next. */
  odds: Matrix;
}

export function readModel(data: ModelData): Model {
  const { context, layers, heads, width, feed } = data.config;
  return { words: data.vocabulary, context, layers, heads, width, feed, ...readTensors(data) };
}

export function readTensors(data: TensorData): Tensors {
  const bytes = Uint8Array.from(atob(data.weights), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const matrices = new Map<string, Matrix>();
  const vectors = new Map<string, Vector>();
  for (const { name, shape, offset, scales } of data.tensors) {
    const [rows = 0, columns = 0] = shape;
    if (scales === undefined) {
      vectors.set(name, Float64Array.from({ length: rows }, (_, at) => view.getFloat32(offset + 4 * at, true)));
    } else {
      const readRow = (row: number): Vector => {
        const scale = view.getFloat32(scales + 4 * row, true);
        return Float64Array.from({ length: columns }, (_, at) => view.getInt8(offset + row * columns + at) * scale);
      };
      matrices.set(name, Array.from({ length: rows }, (_, row) => readRow(row)));
    }
  }
  return { matrices, vectors };
}

/**
 * All that the model computes for words by number, with these heads and links cut. A cut link is masked like a later place, before
 * softmax: what is left shares its weight, and a row adds up to 1 as before. (A row with no link left is all zeros.) A cut head adds
 * nothing to the stream; what it attends to can still be seen.
 */
export function runModel(model: Model, ids: readonly number[], cuts: Cuts = {}): Run {
  if (ids.length < 1 || ids.length > model.context) {
    throw new RangeError(`${ids.length} words: this model reads 1 to ${model.context}`);
  }
  const words = getMatrix(model, "word");
  const places = getMatrix(model, "position");
  const embedded = ids.map((id, at) => add(words[id]!, places[at]!));
  const layers: LayerRun[] = [];
  let stream = embedded;
  for (let layer = 0; layer < model.layers; layer++) {
    const run = runLayer(model, layer, stream, cuts);
    layers.push(run);
    stream = run.after;
  }
  const { final, logits } = readOff(model, stream);
  return { ids, embedded, layers, final, logits, odds: logits.map(softmax) };
}

/** How likely each word is to come next, for each row of a stream, as if the model ended there. */
export function foretell(model: Model, stream: Matrix): Matrix {
  return readOff(model, stream).logits.map(softmax);
}

/** Shares that add up to 1; zeros where every score is -Infinity. */
export function softmax(scores: Vector): Vector {
  const top = Math.max(...scores);
  if (top === -Infinity) return new Float64Array(scores.length);
  const raised = scores.map((score) => Math.exp(score - top));
  const total = raised.reduce((sum, one) => sum + one, 0);
  return raised.map((one) => one / total);
}

function readOff(model: Model, stream: Matrix): { final: Matrix; logits: Matrix } {
  const final = norm(model, "final_norm", stream);
  return { final, logits: multiply(final, model.matrices.get("unembed") ?? getMatrix(model, "word")) };
}

function runLayer(model: Model, layer: number, before: Matrix, cuts: Cuts): LayerRun {
  const normed = norm(model, `${layer}.attention_norm`, before);
  const project = (part: string): Matrix[] => split(apply(model, `${layer}.${part}`, normed), model.heads);
  const [query, key, value] = [project("query"), project("key"), project("value")];
  const isHere = (cut: Head, head: number): boolean => cut.layer === layer && cut.head === head;
  const scores = query.map((asking, head) =>
    score(asking, key[head]!, cuts.links?.filter((link) => isHere(link, head)) ?? []),
  );
  const attention = scores.map((rows) => rows.map(softmax));
  const blended = attention.map((rows, head) => {
    const isCut = cuts.heads?.some((cut) => isHere(cut, head));
    return rows.map((row) => blend(row, value[head]!, isCut ? 0 : 1));
  });
  const joined = before.map((_, at) => Float64Array.from(blended.flatMap((rows) => [...rows[at]!])));
  const attended = apply(model, `${layer}.output`, joined);
  const middle = before.map((row, at) => add(row, attended[at]!));
  const run = { before, normed, query, key, value, scores, attention, blended, attended, middle };
  if (!model.feed) return { ...run, after: middle };
  const feeding = runFeeding(model, layer, middle);
  return { ...run, feeding, after: middle.map((row, at) => add(row, feeding.fed[at]!)) };
}

function runFeeding(model: Model, layer: number, middle: Matrix): Feeding {
  const normed = norm(model, `${layer}.feed_norm`, middle);
  const expanded = apply(model, `${layer}.expand`, normed);
  const activated = expanded.map((row) => row.map(gelu));
  return { normed, expanded, activated, fed: apply(model, `${layer}.contract`, activated) };
}

function score(query: Matrix, key: Matrix, cut: readonly Link[]): Matrix {
  const isCut = (from: number, to: number): boolean => cut.some((link) => link.from === from && link.to === to);
  return query.map((asking, from) => {
    const root = Math.sqrt(asking.length);
    return Float64Array.from(key, (offered, to) =>
      to > from || isCut(from, to) ? -Infinity : dot(asking, offered) / root,
    );
  });
}

function blend(shares: Vector, values: Matrix, times: number): Vector {
  const mixed = new Float64Array(values[0]!.length);
  values.forEach((value, place) => {
    const share = shares[place]! * times;
    for (let at = 0; at < mixed.length; at++) mixed[at]! += share * value[at]!;
  });
  return mixed;
}

/** Each row in as many parts as there are heads: [head, place, number]. */
function split(rows: Matrix, heads: number): Matrix[] {
  return Array.from({ length: heads }, (_, head) =>
    rows.map((row) => row.slice((head * row.length) / heads, ((head + 1) * row.length) / heads)),
  );
}

function apply(model: Model, name: string, rows: Matrix): Matrix {
  const bias = getVector(model, `${name}.bias`);
  return multiply(rows, getMatrix(model, `${name}.weight`)).map((row) => add(row, bias));
}

function norm(model: Model, name: string, rows: Matrix): Matrix {
  const scale = getVector(model, `${name}.scale`);
  const shift = getVector(model, `${name}.shift`);
  return rows.map((row) => {
    const mean = row.reduce((sum, one) => sum + one, 0) / row.length;
    const spread = Math.sqrt(row.reduce((sum, one) => sum + (one - mean) ** 2, 0) / row.length + 1e-5);
    return row.map((one, at) => ((one - mean) / spread) * scale[at]! + shift[at]!);
  });
}

function multiply(rows: Matrix, weights: Matrix): Matrix {
  return rows.map((row) => {
    const products = new Float64Array(weights.length);
    for (let at = 0; at < products.length; at++) products[at] = dot(row, weights[at]!);
    return products;
  });
}

function dot(one: Vector, other: Vector): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
  return sum;
}

function add(one: Vector, other: Vector): Vector {
  return one.map((number, at) => number + other[at]!);
}

function gelu(number: number): number {
  return (number / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (number + 0.044715 * number ** 3)));
}

function getMatrix(model: Model, name: string): Matrix {
  const found = model.matrices.get(name);
  if (!found) throw new Error(`The model has no ${name}`);
  return found;
}

function getVector(model: Model, name: string): Vector {
  const found = model.vectors.get(name);
  if (!found) throw new Error(`The model has no ${name}`);
  return found;
}
