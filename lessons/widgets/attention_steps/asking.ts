import { makeButton, readNumbers, say } from "trackbook";

interface Listener {
  /** What the learner gave, in all its readings. */
  check(readings: readonly number[]): void;
  show(): void;
}

/** A field for one number before its step is shown. */
export class Asking {
  readonly node = document.createElement("div");
  readonly result: HTMLDetailsElement;
  readonly row: HTMLLIElement;
  readonly #field = document.createElement("input");
  readonly #words = document.createElement("span");
  isSolved = false;

  constructor(row: HTMLLIElement, result: HTMLDetailsElement, signal: AbortSignal, listener: Listener) {
    this.row = row;
    this.result = result;
    const label = document.createElement("label");
    this.#field.type = "text";
    this.#field.autocomplete = "off";
    label.append(this.#words, " ", this.#field);
    const check = makeButton(say("attention-steps.check"), signal, () => listener.check(readNumbers(this.#field.value)));
    const show = makeButton(say("attention-steps.show"), signal, () => listener.show(), "tb-quiet");
    const enter = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      check.click();
    };
    this.#field.addEventListener("keydown", enter, { signal });
    this.node.className = "tb-blank";
    this.node.append(label, check, show);
    result.before(this.node);
  }

  ask(question: string): void {
    this.#words.textContent = question;
  }

  /** Whether it is asked now, and whether its result is there. */
  turn(isAsked: boolean, isOpen: boolean): void {
    this.node.hidden = !isAsked;
    this.result.open = isOpen;
  }

  clear(): void {
    this.#field.value = "";
    this.isSolved = false;
  }

  focus(): void {
    this.#field.focus();
  }
}
