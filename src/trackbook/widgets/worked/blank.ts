import { makeButton } from "../../browser/controls";
import { readNumbers } from "../../browser/numbers";
import { say } from "../../browser/texts";

interface Listener {
  opened(sentence: string): void;
  said(sentence: string): void;
}

/** A step whose result the learner works out, in the field or on paper, before it is shown with its reason. */
export class Blank {
  readonly isChecked: boolean;
  isSolved = false;
  readonly #result: HTMLDetailsElement;
  readonly #node: HTMLDivElement;
  readonly #field: HTMLInputElement;
  readonly #verdict: HTMLSpanElement;
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #row: HTMLLIElement;
  readonly #number: number;
  readonly #listener: Listener;

  constructor(row: HTMLLIElement, number: number, signal: AbortSignal, listener: Listener) {
    this.#row = row;
    this.#number = number;
    this.#listener = listener;
    this.#result = row.querySelector<HTMLDetailsElement>("details.tb-result") ?? document.createElement("details");
    this.#result.open = false;
    this.isChecked = row.dataset["number"] !== undefined;
    const label = document.createElement("label");
    this.#field = document.createElement("input");
    this.#field.type = "text";
    this.#field.autocomplete = "off";
    label.append(say(this.isChecked ? "worked.number" : "worked.result", { number }), " ", this.#field);
    this.#verdict = document.createElement("span");
    this.#verdict.className = "tb-verdict";
    const show = makeButton(say("worked.show"), signal, () => this.#open(say("worked.shown", { number })), this.isChecked ? "tb-quiet" : "");
    const check = makeButton(say("worked.check"), signal, () => this.#check());
    this.#buttons = this.isChecked ? [check, show] : [show];
    const enter = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || event.isComposing) return;
      // Else the same key would press the button that has the focus next.
      event.preventDefault();
      this.#buttons[0]?.click();
    };
    this.#field.addEventListener("keydown", enter, { signal });
    this.#node = document.createElement("div");
    this.#node.className = "tb-blank";
    this.#node.append(label, ...this.#buttons, this.#verdict);
    this.#result.before(this.#node);
    row.dataset["blank"] = "";
  }

  get isOpen(): boolean {
    return this.#result.open;
  }

  /** Whether its result is shown, and what stands in its field. */
  read(): string {
    return `${Number(this.isOpen)}${this.#field.value}`;
  }

  /** Puts in what `read` gave. In short, a step whose result is shown goes without its field. */
  fill(value: string, whole: boolean): void {
    this.#field.value = value.slice(1);
    if (!value.startsWith("1")) return;
    this.isSolved = this.#isRight();
    if (this.isChecked && this.#field.value !== "") this.#judge(this.isSolved);
    this.#show();
    if (!whole) this.#node.hidden = true;
  }

  focus(): void {
    this.#field.focus();
  }

  remove(): void {
    this.#node.remove();
    delete this.#row.dataset["blank"];
  }

  #check(): void {
    if (readNumbers(this.#field.value).length === 0) {
      this.#judge(undefined);
      this.#listener.said(say("worked.want_number"));
      return;
    }
    this.isSolved = this.#isRight();
    this.#judge(this.isSolved);
    if (this.isSolved) this.#open(say("worked.right", { number: this.#number }));
    else this.#listener.said(say("worked.wrong", { number: this.#number }));
  }

  #isRight(): boolean {
    const [wanted, tolerance] = [Number(this.#row.dataset["number"]), Number(this.#row.dataset["tolerance"])];
    // The last bits of a decimal fraction are not the learner's doing.
    const slack = tolerance + 1e-9 * Math.max(1, Math.abs(wanted));
    return readNumbers(this.#field.value).some((given) => Math.abs(given - wanted) <= slack);
  }

  #judge(right: boolean | undefined): void {
    this.#verdict.textContent = right === undefined ? "" : say(right ? "worked.is_right" : "worked.is_wrong");
    this.#node.dataset["right"] = String(right);
  }

  #open(sentence: string): void {
    this.#show();
    this.#listener.opened(sentence);
  }

  #show(): void {
    this.#result.open = true;
    this.#field.readOnly = true;
    this.#node.hidden = this.#field.value.trim() === "";
    for (const button of this.#buttons) button.hidden = true;
  }
}
