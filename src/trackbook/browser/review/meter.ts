import { make } from "../make";
import { say } from "../texts";

const STEP = 25;

/** How far an import is: a bar for the eye, and a sentence that screen readers say at each quarter and no oftener. */
export class Meter {
  readonly #bar = make("progress");
  readonly #text = make("p");
  readonly element = make("div", "tb-import", this.#text, this.#bar);

  constructor(label: string) {
    this.#bar.max = 100;
    this.#bar.setAttribute("aria-label", label);
    this.#text.setAttribute("aria-live", "polite");
    this.show(0);
  }

  /** `share` is between 0 and 1. */
  show(share: number): void {
    const percent = Math.floor(share * 100);
    this.#bar.value = percent;
    const text = say("progress.importing", { percent: percent - (percent % STEP) });
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }
}
