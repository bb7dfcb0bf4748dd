import { say, writeNumber } from "trackbook";

export interface Length {
  readonly node: HTMLDivElement;
  show(length: number): void;
}

interface Ends {
  readonly id: string;
  readonly least: number;
  readonly most: number;
}

/** A slider and a field for the same number: `move` while it moves, `settle` where it stays. */
export function makeLength({ id, least, most }: Ends, signal: AbortSignal, move: (length: number) => void, settle: (length: number) => void): Length {
  const make = (type: "range" | "number", text: string): HTMLInputElement => {
    const label = document.createElement("label");
    const words = document.createElement("span");
    words.textContent = text;
    const input = document.createElement("input");
    Object.assign(input, { type, id: `${id}-${type}`, min: String(least), max: String(most), step: "1" });
    label.append(words, " ", input);
    node.append(label);
    return input;
  };
  const node = document.createElement("div");
  node.className = "tb-controls tb-length";
  const slider = make("range", say("recurrence-race.slide"));
  const field = make("number", say("recurrence-race.type"));
  slider.addEventListener("input", () => move(slider.valueAsNumber), { signal });
  slider.addEventListener("change", () => settle(slider.valueAsNumber), { signal });
  const take = (): void => {
    const typed = Math.round(field.valueAsNumber);
    settle(Number.isNaN(typed) ? slider.valueAsNumber : Math.min(most, Math.max(least, typed)));
  };
  field.addEventListener("change", take, { signal });
  return {
    node,
    show(length) {
      slider.value = field.value = String(length);
      slider.setAttribute("aria-valuetext", say("recurrence-race.words", { length: writeNumber(length) }));
    },
  };
}
