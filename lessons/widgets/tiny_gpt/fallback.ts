import { removeWhenGone, say, whenGone } from "trackbook";
import type { State } from "./state";

/** What of the widget's HTML changes with each answer. */
export interface Parts {
  readonly words: HTMLElement;
  readonly figures: HTMLElement;
  readonly widget: HTMLElement;
  readonly status: HTMLElement;
  readonly first: State;
  readonly signal: AbortSignal;
}

/** What the build computed comes back when the widget leaves the page; `stop` ends what still goes on. */
export function keepFallback({ words, figures, signal }: Parts, controls: HTMLElement, stop: () => void): void {
  const whole = [words, figures].map((part) => [part, part.cloneNode(true) as HTMLElement] as const);
  const cut = document.createElement("th");
  Object.assign(cut, { scope: "col", textContent: say("tiny-gpt.cut") });
  figures.querySelector(".tb-heads thead tr")?.append(cut);
  removeWhenGone(signal, controls);
  whenGone(signal, () => {
    stop();
    for (const [part, first] of whole) part.replaceWith(first);
  });
}
