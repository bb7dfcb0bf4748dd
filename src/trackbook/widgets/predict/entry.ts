import { fillText } from "../../browser/former";
import { say } from "../../browser/texts";

/** Where a learner commits to an answer: choices, or own words. */
export interface Entry {
  /** What to say to someone who has given nothing yet. */
  readonly request: string;
  /** Own words are. */
  readonly isPrivate: boolean;
  isGiven(): boolean;
  /** Nothing where the author names no right choice. */
  isRight(): boolean | undefined;
  /** Keeps the answer as it is, and says that it is the learner's. */
  hold(held: boolean): void;
  /** Says beside the choices which is right; takes that back when given nothing. */
  judge(right: boolean | undefined): void;
  clear(): void;
  focus(): void;
  /** What is given, in a few signs or in own words; "" for nothing. */
  read(): string;
  fill(value: string): void;
}

export function readEntry(widget: HTMLElement): Entry | undefined {
  const fieldset = widget.querySelector("fieldset");
  const inputs = [...(fieldset?.querySelectorAll<HTMLInputElement>(".tb-choices input") ?? [])];
  if (fieldset && inputs.length > 0) return new Choices(fieldset, inputs);
  const text = widget.querySelector("textarea");
  return text ? new OwnWords(text) : undefined;
}

class Choices implements Entry {
  readonly request = say("predict.choose");
  readonly isPrivate = false;
  readonly #fieldset: HTMLFieldSetElement;
  readonly #inputs: readonly HTMLInputElement[];

  constructor(fieldset: HTMLFieldSetElement, inputs: readonly HTMLInputElement[]) {
    this.#fieldset = fieldset;
    this.#inputs = inputs;
  }

  isGiven(): boolean {
    return this.#inputs.some(({ checked }) => checked);
  }

  isRight(): boolean | undefined {
    const right = this.#inputs.find((input) => input.dataset["right"] === "true");
    return right?.checked;
  }

  hold(held: boolean): void {
    this.#fieldset.disabled = held;
    for (const input of this.#inputs) note(input, "tb-yours", held && input.checked ? say("predict.yours") : undefined);
  }

  judge(right: boolean | undefined): void {
    for (const input of this.#inputs) {
      const shown = right !== undefined && (input.checked || input.dataset["right"] === "true");
      const isRight = input.dataset["right"] === "true";
      const verdict = note(input, "tb-verdict", shown ? say(isRight ? "predict.is_right" : "predict.is_wrong") : undefined);
      if (verdict) verdict.dataset["right"] = String(isRight);
    }
  }

  clear(): void {
    for (const input of this.#inputs) input.checked = false;
  }

  focus(): void {
    (this.#inputs.find(({ checked }) => checked) ?? this.#inputs[0])?.focus();
  }

  read(): string {
    return this.#inputs.find(({ checked }) => checked)?.value ?? "";
  }

  fill(value: string): void {
    for (const input of this.#inputs) input.checked = input.value === value;
  }
}

class OwnWords implements Entry {
  readonly request = say("predict.write");
  readonly isPrivate = true;
  readonly #text: HTMLTextAreaElement;

  constructor(text: HTMLTextAreaElement) {
    this.#text = text;
  }

  isGiven(): boolean {
    return this.#text.value.trim() !== "";
  }

  isRight(): undefined {
    return undefined;
  }

  hold(held: boolean): void {
    this.#text.readOnly = held;
  }

  judge(): void {
    // Own words are compared by who wrote them.
  }

  clear(): void {
    this.#text.value = "";
  }

  focus(): void {
    this.#text.focus();
  }

  read(): string {
    return this.#text.value.trim();
  }

  fill(value: string): void {
    fillText(this.#text, value);
  }
}

/** Puts a word or two at the end of a choice, or takes them away. */
function note(input: HTMLInputElement, kind: string, text: string | undefined): HTMLElement | undefined {
  const words = input.closest("label")?.querySelector(":scope > span:last-of-type");
  words?.querySelector(`:scope > .${kind}`)?.remove();
  if (!words || text === undefined) return undefined;
  const mark = document.createElement("span");
  mark.className = kind;
  mark.textContent = text;
  words.append(" ", mark);
  return mark;
}
