import { readTensors, softmax, type TensorData, type Tensors, type Vector } from "../transformer";

/** An Elman network at work: each state from the word and the state before it. The same arithmetic as __init__.py. */
export interface Step {
  readonly state: Vector;
  /** Of each word, how likely it was the first. */
  readonly odds: Vector;
}

export function readNetwork(data: TensorData): Tensors {
  return readTensors(data);
}

/** The weights of a matrix stand row after row. */
function apply({ vectors }: Tensors, name: string, vector: Vector): Vector {
  const weights = vectors.get(`${name}.weight`)!;
  return vectors.get(`${name}.bias`)!.map((shift, row) => vector.reduce((sum, number, at) => sum + weights[row * vector.length + at]! * number, shift));
}

/** What the state says of each word: that it was the first, or stood so many words ago. */
export function score(network: Tensors, said: string, state: Vector): Vector {
  return apply(network, said, state);
}

/** A step for each word by number. */
export function readWords(network: Tensors, ids: readonly number[]): Step[] {
  let state: Vector = new Float64Array(network.vectors.get("state.bias")!.length);
  return ids.map((id) => {
    const words = network.vectors.get("word")!;
    state = apply(network, "state", state).map((before, at) => Math.tanh(before + words[id * state.length + at]!));
    return { state, odds: softmax(score(network, "first", state)) };
  });
}
