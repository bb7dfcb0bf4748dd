import { makeButton, makeStatus } from "../controls";
import { make } from "../make";
import { say } from "../texts";

/** What can be done with the words that were chosen. */
export interface Verbs {
  readonly highlight: () => void;
  readonly note: () => void;
  readonly bookmark: () => void;
  readonly link: () => void;
  /** None where the course names no address to report to. */
  readonly report: (() => void) | undefined;
  readonly close: () => void;
  /** Goes to the next passage, or back. */
  readonly step: (by: 1 | -1) => void;
}

const GAP = 8;

/** The bar of verbs beside chosen words. Nothing in the text moves for it. */
export class Bar {
  readonly #element = make("div", "tb-mine tb-mine-bar");
  readonly #status = makeStatus();
  readonly #buttons: Readonly<Record<"highlight" | "note" | "bookmark" | "link" | "report" | "previous" | "next" | "close", HTMLButtonElement>>;

  constructor(verbs: Verbs, signal: AbortSignal) {
    this.#buttons = {
      highlight: makeButton(say("marks.highlight"), signal, verbs.highlight),
      note: makeButton(say("marks.note"), signal, verbs.note),
      bookmark: makeButton(say("marks.bookmark"), signal, verbs.bookmark),
      link: makeStep(say("marks.link"), say("marks.copy_link"), signal, verbs.link),
      report: makeButton(say("marks.report"), signal, () => verbs.report?.()),
      previous: makeStep("↑", say("marks.previous"), signal, () => verbs.step(-1)),
      next: makeStep("↓", say("marks.next"), signal, () => verbs.step(1)),
      close: makeStep("×", say("marks.close"), signal, verbs.close),
    };
    this.#buttons.report.hidden = !verbs.report;
    const row = make("div", "tb-mine-verbs", ...Object.values(this.#buttons));
    row.setAttribute("role", "toolbar");
    row.setAttribute("aria-label", say("marks.bar"));
    this.#status.classList.add("tb-mine-said");
    this.#element.append(row, this.#status);
    // The words stay chosen while it is pressed.
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("keydown", (event) => {
      if (event.key === "ArrowUp" || event.key === "ArrowDown") {
        event.preventDefault();
        verbs.step(event.key === "ArrowUp" ? -1 : 1);
      } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.#move(event.key === "ArrowRight");
      else if (event.key === "Escape") verbs.close();
    });
    this.#element.hidden = true;
    document.querySelector("main")?.append(this.#element);
  }

  get isOpen(): boolean {
    return !this.#element.hidden;
  }

  get isFocused(): boolean {
    return this.#element.contains(document.activeElement);
  }

  /** Shows it below the range, or above where there is no room; with steps from passage to passage where it goes through them. */
  show(range: Range, isBookmarked: boolean, steps: boolean): void {
    this.#buttons.bookmark.setAttribute("aria-pressed", String(isBookmarked));
    this.#buttons.previous.hidden = this.#buttons.next.hidden = !steps;
    this.tell("");
    this.#element.hidden = false;
    const { top, bottom, left, width } = range.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.#element;
    const [wide, high] = [document.documentElement.clientWidth, innerHeight];
    const below = bottom + GAP + offsetHeight < high ? bottom + GAP : Math.max(GAP, Math.min(top, high) - GAP - offsetHeight);
    const start = Math.max(GAP, Math.min(left + width / 2 - offsetWidth / 2, wide - offsetWidth - GAP));
    const frame = (this.#element.offsetParent ?? document.documentElement).getBoundingClientRect();
    this.#element.style.setProperty("top", `${below - frame.top}px`);
    this.#element.style.setProperty("left", `${start - frame.left}px`);
  }

  tell(text: string): void {
    this.#status.textContent = text;
  }

  focus(): void {
    this.#buttons.highlight.focus({ preventScroll: true });
  }

  hide(): void {
    this.#element.hidden = true;
  }

  #move(forward: boolean): void {
    const shown = Object.values(this.#buttons).filter((button) => !button.hidden);
    const at = shown.indexOf(document.activeElement as HTMLButtonElement);
    const isBack = forward === (getComputedStyle(this.#element).direction === "rtl");
    shown[(at + (isBack ? -1 : 1) + shown.length) % shown.length]?.focus();
  }
}

function makeStep(sign: string, label: string, signal: AbortSignal, act: () => void): HTMLButtonElement {
  const button = makeButton(sign, signal, act);
  button.setAttribute("aria-label", label);
  return button;
}
