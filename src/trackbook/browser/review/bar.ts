import { makeButton } from "../controls";
import { make } from "../make";
import { say } from "../texts";
import type { Sitting } from "./sitting";

/** Above the cards: the way out, how far the sitting is, and the way back to the last card. */
export class Bar {
  readonly element = make("div", "tb-review-bar");
  readonly #share = make("span");
  readonly #left = make("span", "tb-review-left");
  readonly #undo: HTMLButtonElement;

  constructor(signal: AbortSignal, leave: () => void, undo: () => void) {
    const out = makeButton("✕", signal, leave, "tb-quiet");
    out.setAttribute("aria-label", say("review.leave"));
    out.title = say("review.leave");
    this.#undo = makeButton(say("review.undo"), signal, undo, "tb-quiet");
    const meter = make("span", "tb-review-meter", this.#share);
    meter.setAttribute("aria-hidden", "true");
    this.element.append(out, meter, this.#left, this.#undo);
  }

  show(sitting: Sitting): void {
    this.#share.style.inlineSize = `${100 * sitting.share}%`;
    this.#left.textContent = sayLeft(sitting);
    this.#undo.disabled = !sitting.canUndo;
  }
}

export function sayLeft({ left, returning }: Sitting): string {
  return [say("review.left", { count: left }), ...(returning > 0 ? [say("review.back", { count: returning })] : [])].join(" · ");
}
