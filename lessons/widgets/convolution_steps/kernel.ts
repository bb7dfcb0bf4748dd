import { say } from "trackbook";
import type { Grid } from "./slide";

const LIMIT = 99;

/** The table of weights, each a field; `leave` gives the page its plain numbers back. */
export class KernelFields {
  readonly #cells: readonly HTMLTableCellElement[];
  readonly #texts: readonly string[];
  readonly #fields: readonly HTMLInputElement[];
  readonly #size: number;

  constructor(table: Element, kernel: Grid, signal: AbortSignal, changed: () => void) {
    this.#size = kernel.length;
    this.#cells = [...table.querySelectorAll<HTMLTableCellElement>("tbody td")];
    this.#texts = this.#cells.map(({ textContent }) => textContent);
    this.#fields = this.#cells.map((cell, at) => {
      const field = document.createElement("input");
      Object.assign(field, { type: "number", step: "any", min: String(-LIMIT), max: String(LIMIT) });
      field.setAttribute("aria-label", say("convolution-steps.weight", { row: Math.floor(at / this.#size) + 1, column: (at % this.#size) + 1 }));
      field.addEventListener("change", changed, { signal });
      cell.replaceChildren(field);
      return field;
    });
    this.show(kernel.flat());
  }

  /** What is no number counts as 0. */
  get numbers(): number[] {
    return this.#fields.map(({ valueAsNumber }) => (Number.isNaN(valueAsNumber) ? 0 : Math.min(LIMIT, Math.max(-LIMIT, valueAsNumber))));
  }

  read(): Grid {
    const numbers = this.numbers;
    return Array.from({ length: this.#size }, () => numbers.splice(0, this.#size));
  }

  show(numbers: readonly number[]): void {
    this.#fields.forEach((field, at) => (field.value = String(numbers[at] ?? 0)));
  }

  leave(): void {
    this.#cells.forEach((cell, at) => (cell.textContent = this.#texts[at] ?? ""));
  }
}
