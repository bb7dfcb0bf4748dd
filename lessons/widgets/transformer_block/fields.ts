import { say } from "trackbook";
import type { Size } from "./counting";

const SIZES = ["width", "heads", "feed", "layers", "tokens", "words"] as const;
const MOST: Readonly<Record<(typeof SIZES)[number], number>> = { width: 1e5, heads: 1e3, feed: 1e6, layers: 1e3, tokens: 1e7, words: 1e7 };
const CHOICES = { norm: ["pre", "post"], positions: ["learned", "waves"] } as const;

/** As it stands in the address. */
export function writeSize(size: Size): string {
  return [...SIZES.map((name) => size[name]), size.norm, size.positions, Number(size.biases)].join("_");
}

/** Nothing if no field could hold it. */
export function readSize(state: string): Size | undefined {
  const parts = state.split("_");
  const numbers = SIZES.map((name, at) => ({ name, number: Number(parts[at]) }));
  const [norm, positions, biases] = parts.slice(SIZES.length);
  const fits = numbers.every(({ name, number }) => Number.isInteger(number) && number >= 1 && number <= MOST[name]);
  const known = CHOICES.norm.some((one) => one === norm) && CHOICES.positions.some((one) => one === positions) && ["0", "1"].includes(biases ?? "");
  if (!fits || !known || parts.length !== SIZES.length + 3) return undefined;
  return { ...(Object.fromEntries(numbers.map(({ name, number }) => [name, number])) as Record<(typeof SIZES)[number], number>), norm: norm ?? "", positions: positions ?? "", biases: biases === "1" };
}

export interface Fields {
  readonly node: HTMLDivElement;
  read(): Size;
  show(size: Size): void;
}

function label(text: string, field: HTMLElement, id: string): HTMLLabelElement {
  const node = document.createElement("label");
  const words = document.createElement("span");
  words.textContent = text;
  field.id = id;
  node.append(words, " ", field);
  return node;
}

export function makeSelect(options: readonly (readonly [string, string])[]): HTMLSelectElement {
  const select = document.createElement("select");
  select.append(...options.map(([value, text]) => new Option(text, value)));
  return select;
}

/** A number field for each size, and a choice for what is either one way or the other. */
export function makeFields(id: string, signal: AbortSignal, changed: () => void): Fields {
  const node = document.createElement("div");
  node.className = "tb-controls tb-sizes";
  let last: Size | undefined;
  const numbers = SIZES.map((name) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "number", min: "1", max: String(MOST[name]), step: "1", inputMode: "numeric" });
    node.append(label(say(`transformer-block.${name}`), field, `${id}-${name}`));
    return { name, field };
  });
  const [norm, positions] = (["norm", "positions"] as const).map((name) => {
    const select = makeSelect(CHOICES[name].map((one) => [one, say(`transformer-block.${one}`)]));
    node.append(label(say(`transformer-block.${name}`), select, `${id}-${name}`));
    return select;
  });
  const biases = document.createElement("input");
  biases.type = "checkbox";
  const box = label(say("transformer-block.biases"), biases, `${id}-biases`);
  box.className = "tb-biases";
  box.prepend(biases);
  node.append(box);
  node.addEventListener("change", changed, { signal });
  return {
    node,
    read() {
      const kept = ({ name, field }: (typeof numbers)[number]): number => {
        const typed = Math.round(field.valueAsNumber);
        return Number.isNaN(typed) ? (last?.[name] ?? 1) : Math.min(MOST[name], Math.max(1, typed));
      };
      const sizes = Object.fromEntries(numbers.map((one) => [one.name, kept(one)])) as Record<(typeof SIZES)[number], number>;
      return { ...sizes, norm: norm?.value ?? "", positions: positions?.value ?? "", biases: biases.checked };
    },
    show(size) {
      last = size;
      for (const { name, field } of numbers) field.value = String(size[name]);
      if (norm) norm.value = size.norm;
      if (positions) positions.value = size.positions;
      biases.checked = size.biases;
    },
  };
}
