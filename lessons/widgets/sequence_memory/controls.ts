import { make, makeActions, makeButton, say } from "trackbook";
import type { State } from "./state";

interface Wishes {
  choose(which: number): void;
  add(id: number): void;
  back(): void;
  look(step: number): void;
  reset(): void;
}

/** The network, the words to feed it, and the step to look at. */
export class Controls {
  readonly node = make("div", "tb-controls tb-feeding");
  readonly #network = document.createElement("select");
  readonly #step = document.createElement("input");

  constructor(id: string, known: readonly string[], signal: AbortSignal, wishes: Wishes) {
    this.#network.append(new Option(say("sequence-memory.early"), "0"), new Option(say("sequence-memory.late"), "1"));
    this.#network.addEventListener("change", () => wishes.choose(this.#network.selectedIndex), { signal });
    Object.assign(this.#step, { type: "range", min: "1", step: "1" });
    this.#step.addEventListener("input", () => wishes.look(this.#step.valueAsNumber - 1), { signal });
    [this.#network.id, this.#step.id] = [`${id}-network`, `${id}-step`];
    const words = make("div", "tb-words", ...known.map((word, at) => makeButton(word, signal, () => wishes.add(at))));
    words.setAttribute("role", "group");
    words.setAttribute("aria-label", say("sequence-memory.feed"));
    const back = makeButton(say("sequence-memory.back"), signal, () => wishes.back());
    const reset = makeButton(say("sequence-memory.reset"), signal, () => wishes.reset(), "tb-quiet");
    const label = (text: string, control: HTMLElement): HTMLElement => make("label", "", make("span", "", text), control);
    this.node.append(
      label(say("sequence-memory.network"), this.#network),
      make("p", "tb-feed", say("sequence-memory.feed")),
      words,
      label(say("sequence-memory.step"), this.#step),
      makeActions(back, reset),
    );
  }

  show({ which, step, ids }: State, text: string): void {
    this.#network.selectedIndex = which;
    this.#step.max = String(ids.length);
    this.#step.value = String(step + 1);
    this.#step.disabled = ids.length === 1;
    this.#step.setAttribute("aria-valuetext", text);
  }
}
