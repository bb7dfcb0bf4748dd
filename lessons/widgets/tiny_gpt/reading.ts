import { foretell, runModel, type Cuts, type Head, type Model, type Run, type Vector } from "../transformer";
import { hasCuts } from "./state";

const ROWS = 5;
const MOST = 2;

export type Share = readonly [word: string, share: number];

/** Each step of the followed word: what is added to its stream, the stream after it, what it would say there. */
export interface Step {
  readonly kind: "start" | "heads" | "feed";
  readonly layer: number;
  /** Neurons above zero. */
  readonly on: number;
  readonly added: Vector;
  readonly after: Vector;
  readonly says: Share;
}

/** A model that read words, whole and with cuts, seen from one place: the same as view.py. */
export class Reading {
  readonly whole: Run;
  /** The whole run where nothing is cut. */
  readonly cut: Run;
  readonly hasCuts: boolean;
  readonly #cuts: string;

  /** What the reading `before` has computed of the same words is not computed again. */
  constructor(
    readonly model: Model,
    readonly words: readonly string[],
    readonly place: number,
    { heads = [], links = [] }: Cuts,
    before?: Reading,
  ) {
    const ids = words.map((word) => model.words.indexOf(word));
    const known = before?.words.join(" ") === words.join(" ") ? before : undefined;
    this.hasCuts = hasCuts({ heads, links });
    this.#cuts = JSON.stringify([heads, links]);
    this.whole = known?.whole ?? runModel(model, ids);
    const alike = known !== undefined && known.#cuts === this.#cuts ? known.cut : undefined;
    this.cut = this.hasCuts ? (alike ?? runModel(model, ids, { heads, links })) : this.whole;
  }

  /** The words that either finds likely, with the odds of both. */
  listOdds(): (readonly [word: string, whole: number, cut: number])[] {
    const [whole, cut] = [this.whole.odds[this.place]!, this.cut.odds[this.place]!];
    const rows = this.model.words.map((word, at) => [word, whole[at]!, cut[at]!] as const);
    return rows.sort((a, b) => Math.max(b[1], b[2]) - Math.max(a[1], a[2])).slice(0, ROWS);
  }

  /** What is likeliest to come next. */
  get next(): Share {
    return this.#choose(this.cut.odds[this.place]!);
  }

  get nextOfWhole(): Share {
    return this.#choose(this.whole.odds[this.place]!);
  }

  /** How likely the cut model finds a word. */
  chanceOf(word: string): number {
    return this.cut.odds[this.place]![this.model.words.indexOf(word)]!;
  }

  /** How much a head takes from each word up to the followed one. */
  weigh({ layer, head }: Head): Vector {
    return this.cut.layers[layer]!.attention[head]![this.place]!.slice(0, this.place + 1);
  }

  /** The words that get most, those written alike counted together. */
  listMost(shares: Vector): Share[] {
    const sums = new Map<string, number>();
    shares.forEach((share, at) => sums.set(this.words[at]!, (sums.get(this.words[at]!) ?? 0) + share));
    return [...sums].sort((a, b) => b[1] - a[1]).slice(0, MOST);
  }

  listPath(): Step[] {
    const at = this.place;
    const start = this.cut.embedded[at]!;
    const steps: Step[] = [{ kind: "start", layer: 0, on: 0, added: start, after: start, says: this.#readOff(start) }];
    this.cut.layers.forEach(({ attended, middle, feeding, after }, index) => {
      const layer = index + 1;
      steps.push({ kind: "heads", layer, on: 0, added: attended[at]!, after: middle[at]!, says: this.#readOff(middle[at]!) });
      if (!feeding) return;
      const on = feeding.expanded[at]!.filter((number) => number > 0).length;
      steps.push({ kind: "feed", layer, on, added: feeding.fed[at]!, after: after[at]!, says: this.#readOff(after[at]!) });
    });
    return steps;
  }

  #readOff(stream: Vector): Share {
    return this.#choose(foretell(this.model, [stream])[0]!);
  }

  #choose(odds: Vector): Share {
    const chance = Math.max(...odds);
    return [this.model.words[odds.indexOf(chance)]!, chance];
  }
}

/** The words that the model finds likely after these; what of them it doesn't know, it can't read. */
export function listFitting(model: Model, words: readonly string[]): string[] {
  const ids = words.map((word) => model.words.indexOf(word)).filter((id) => id >= 0).slice(-model.context);
  const odds = runModel(model, ids).odds.at(-1)!;
  return model.words.map((word, at) => [word, odds[at]!] as const).sort((a, b) => b[1] - a[1]).map(([word]) => word).slice(0, ROWS);
}

export function findMost(steps: readonly Step[]): number {
  return Math.max(...steps.flatMap(({ after }) => Array.from(after, Math.abs)));
}
