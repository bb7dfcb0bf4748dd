import { make, makeActions, makeButton, say } from "trackbook";
import { START, suggest } from "./words";

const NEAR = 5;

interface Wishes {
  read(text: string): void;
  add(): void;
  goOn(): void;
  reset(): void;
  cut(): void;
}

export interface Offer {
  readonly known: readonly string[];
  readonly examples: readonly (readonly [name: string, text: string])[];
  /** The name of the head to cut first. */
  readonly head: string;
}

/** The field and all that fills it: examples, known words, the next word, the words up to the end. */
export class Controls {
  readonly node = make("div", "tb-asking");
  readonly #field = document.createElement("textarea");
  readonly #near = make("div", "tb-near");
  readonly #cut: HTMLButtonElement;
  readonly #known: readonly string[];
  readonly #signal: AbortSignal;
  readonly #wishes: Wishes;

  constructor({ known, examples, head }: Offer, signal: AbortSignal, wishes: Wishes) {
    [this.#known, this.#signal, this.#wishes] = [known, signal, wishes];
    Object.assign(this.#field, { rows: 2, dir: "ltr", spellcheck: false, autocapitalize: "off" });
    this.#field.addEventListener("keydown", (event) => this.#enter(event), { signal });
    const label = make("label", "tb-own", make("span", "", say("tiny-gpt.field")), this.#field);
    const ask = makeButton(say("tiny-gpt.read"), signal, () => wishes.read(this.#field.value), "tb-main");
    const add = makeButton(say("tiny-gpt.add"), signal, () => wishes.add());
    const goOn = makeButton(say("tiny-gpt.go_on"), signal, () => wishes.goOn());
    const reset = makeButton(say("tiny-gpt.reset"), signal, () => wishes.reset(), "tb-quiet");
    const offered = make("div", "tb-offered", make("span", "", say("tiny-gpt.try")));
    this.#cut = makeButton(say("tiny-gpt.cut_head", { head }), signal, () => wishes.cut());
    offered.append(...examples.map(([name, text]) => this.#offer(name, () => text)), this.#cut);
    this.node.append(label, makeActions(ask, add, goOn, reset), offered, this.#near, this.#listKnown());
  }

  /** At once, so that nothing typed later is lost. */
  write(text: string): void {
    this.#field.value = text;
  }

  show(isCut: boolean): void {
    this.#cut.setAttribute("aria-pressed", String(isCut));
    this.#near.replaceChildren();
  }

  /** For each unknown word, known ones to put in its place; `findFitting` gives those likely there. */
  offerNear(words: readonly string[], unknown: readonly string[], findFitting: (at: number) => readonly string[]): void {
    const rows = unknown.map((word) => {
      const put = (near: string) => (): string => words.filter((one) => one !== START).map((one) => (one === word ? near : one)).join(" ");
      const offered = suggest(word, this.#known, findFitting(words.indexOf(word)), NEAR);
      return make("p", "", make("span", "", say("tiny-gpt.instead", { word })), ...offered.map((near) => this.#offer(near, put(near))));
    });
    this.#near.replaceChildren(...rows);
  }

  #offer(name: string, text: () => string): HTMLButtonElement {
    return makeButton(name, this.#signal, () => this.#wishes.read(text()));
  }

  #listKnown(): HTMLDetailsElement {
    const words = this.#known.filter((word) => word !== START);
    const list = make("div", "tb-known", ...words.map((word) => this.#offer(word, () => `${this.#field.value.trimEnd()} ${word}`)));
    list.dir = "ltr";
    return make("details", "", make("summary", "", say("tiny-gpt.known", { count: words.length })), list);
  }

  #enter(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#wishes.read(this.#field.value);
  }
}
