/** Weights as whole numbers from 0 to 255, in the order layer, head, from, to, of which a part or all are here. */
export class Weights {
  readonly #bytes: Uint8Array;
  readonly #count: number;

  constructor(packed: string, count: number) {
    this.#bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    this.#count = count;
  }

  get heads(): number {
    return this.#bytes.length / this.#count ** 2;
  }

  /** What one head takes at a place from each, as shares of 1; heads count through all layers from 0. */
  read(head: number, from: number): number[] {
    const begin = (head * this.#count + from) * this.#count;
    return Array.from(this.#bytes.subarray(begin, begin + this.#count), (byte) => byte / 255);
  }

  /** The mean over all heads. */
  average(from: number): number[] {
    const sums = new Array<number>(this.#count).fill(0);
    for (let head = 0; head < this.heads; head++) this.read(head, from).forEach((share, to) => (sums[to]! += share));
    return sums.map((sum) => sum / this.heads);
  }
}

/** Places in the order of what they give, the brightest first. */
export function rank(shares: readonly number[]): number[] {
  return shares.map((_, at) => at).sort((one, other) => shares[other]! - shares[one]! || one - other);
}

let percent: Intl.NumberFormat | undefined;

/** In whole percent; what rounds to none is less than one. */
export function writePercent(share: number): string {
  percent ??= new Intl.NumberFormat(document.documentElement.lang || "en", { style: "percent" });
  const whole = Math.floor(100 * share + 0.5);
  const text = percent.format(Math.max(whole, 1) / 100);
  return whole ? text : `<${text}`;
}
