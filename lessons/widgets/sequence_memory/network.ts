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

function apply({ matrices, vectors }: Tensors, name: string, vector: Vector): Vector {
  const bias = vectors.get(`${name}.bias`)!;
  return bias.map((shift, at) => matrices.get(`${name}.weight`)![at]!.reduce((sum, weight, entry) => sum + weight * vector[entry]!, shift));
}

/** What the state says of each word: that it was the first, or stood so many words ago. */
export function score(network: Tensors, said: string, state: Vector): Vector {
  return apply(network, said, state);
}

/** A step for each word by number. */
export function readWords(network: Tensors, ids: readonly number[]): Step[] {
  let state: Vector = new Float64Array(network.vectors.get("state.bias")!.length);
  return ids.map((id) => {
    const word = network.matrices.get("word")![id]!;
    state = apply(network, "state", state).map((before, at) => Math.tanh(before + word[at]!));
    return { state, odds: softmax(score(network, "first", state)) };
  });
}
