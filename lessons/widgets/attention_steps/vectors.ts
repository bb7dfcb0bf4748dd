import { say } from "trackbook";
import type { Vectors } from "./arithmetic";

const KINDS = ["queries", "keys", "values"] as const;
const LIMIT = 99;

/** The table of queries, keys and values, each number a field; `put` gives the page its plain numbers back. */
export class VectorTable {
  readonly #fields: HTMLInputElement[] = [];
  readonly #places: readonly HTMLElement[];
  readonly #texts: readonly string[];
  readonly #widths: readonly number[];
  readonly #rows: number;
  readonly first: readonly number[];

  constructor(table: Element, point: string, signal: AbortSignal, changed: () => void) {
    const cells = KINDS.map((kind) => [...table.querySelectorAll(`[data-vector="${kind}"] .tb-vector`)]);
    this.#rows = cells[0]?.length ?? 0;
    this.#widths = cells.map((column) => column[0]?.children.length ?? 0);
    this.#places = cells.flat().flatMap((cell) => [...cell.children] as HTMLElement[]);
    this.#texts = this.#places.map(({ textContent }) => textContent);
    this.first = this.#texts.map((text) => Number(text.replace(point, ".")));
    this.#places.forEach((place, at) => {
      const field = document.createElement("input");
      Object.assign(field, { type: "number", step: "any", min: String(-LIMIT), max: String(LIMIT), value: String(this.first[at]) });
      field.setAttribute("aria-label", this.#nameOf(place));
      field.addEventListener("change", changed, { signal });
      this.#fields.push(field);
      place.replaceChildren(field);
    });
  }

  /** All numbers in a row, queries first. What is no number counts as 0. */
  get numbers(): number[] {
    return this.#fields.map(({ valueAsNumber }) => (Number.isNaN(valueAsNumber) ? 0 : Math.min(LIMIT, Math.max(-LIMIT, valueAsNumber))));
  }

  show(numbers: readonly number[]): void {
    this.#fields.forEach((field, at) => (field.value = String(numbers[at] ?? 0)));
  }

  read(): Vectors {
    const numbers = this.numbers;
    const [queries = [], keys = [], values = []] = this.#widths.map((width) =>
      Array.from({ length: this.#rows }, () => numbers.splice(0, width)),
    );
    return { queries, keys, values };
  }

  leave(): void {
    this.#places.forEach((place, at) => (place.textContent = this.#texts[at] ?? ""));
  }

  #nameOf(place: HTMLElement): string {
    const cell = place.closest<HTMLElement>("td");
    const token = cell?.parentElement?.querySelector("th")?.textContent.trim() ?? "";
    const number = [...(place.parentElement?.children ?? [])].indexOf(place) + 1;
    return say(`attention-steps.field_${cell?.dataset["vector"] ?? ""}`, { token, number });
  }
}
