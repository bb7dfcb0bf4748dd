import { makeActions, makeButton, say } from "trackbook";

export interface Controls {
  readonly node: HTMLDivElement;
  readonly text: HTMLTextAreaElement;
  readonly slider: HTMLInputElement;
  show(step: number, of: number): void;
}

function makeField(words: string, id: string, field: HTMLInputElement | HTMLTextAreaElement): HTMLLabelElement {
  const label = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = words;
  field.id = id;
  label.className = "tb-own";
  label.append(name, " ", field);
  return label;
}

/** From the step that is shown to the one that is wanted. */
export type Move = (step: number) => number;

/** A field for the text, a slider over its merges, and a button for one merge back and one forward. */
export function makeControls(id: string, longest: number, signal: AbortSignal, type: () => void, go: (move: Move) => void, again: () => void): Controls {
  const node = document.createElement("div");
  node.className = "tb-controls";
  const text = document.createElement("textarea");
  Object.assign(text, { rows: 2, maxLength: longest, dir: "auto", autocomplete: "off", spellcheck: false });
  text.addEventListener("input", type, { signal });
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: "0", step: "1" });
  const slide = (): void => {
    const wanted = slider.valueAsNumber;
    go(() => wanted);
  };
  slider.addEventListener("input", slide, { signal });
  const back = makeButton(say("tokenizer.back"), signal, () => go((step) => step - 1));
  const next = makeButton(say("tokenizer.next"), signal, () => go((step) => step + 1));
  const actions = makeActions(back, next, makeButton(say("tokenizer.again"), signal, again, "tb-quiet"));
  node.append(makeField(say("tokenizer.text"), `${id}-text`, text), makeField(say("tokenizer.merges"), `${id}-merges`, slider), actions);
  return {
    node,
    text,
    slider,
    show(step, of) {
      slider.max = String(of);
      slider.value = String(step);
      slider.setAttribute("aria-valuetext", say("tokenizer.step", { step, of }));
      back.ariaDisabled = String(step === 0);
      next.ariaDisabled = String(step === of);
    },
  };
}
