import { say } from "../../browser/texts";

export interface Choice {
  readonly node: HTMLFieldSetElement;
  show(blank: number): void;
  focus(): void;
}

/** How much of the example is left to the learner, as a row of radio buttons. */
export function makeChoice(
  id: string,
  levels: readonly { readonly blank: number; readonly name: string }[],
  signal: AbortSignal,
  choose: (blank: number) => void,
): Choice {
  const node = document.createElement("fieldset");
  node.className = "tb-levels";
  const legend = document.createElement("legend");
  legend.textContent = say("worked.levels");
  const inputs = levels.map(({ blank, name }) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "radio";
    input.name = `${id}-level`;
    input.value = String(blank);
    input.addEventListener("change", () => choose(blank), { signal });
    label.append(input, name);
    node.append(label);
    return input;
  });
  node.prepend(legend);
  return {
    node,
    show: (blank) => {
      for (const input of inputs) input.checked = Number(input.value) === blank;
    },
    focus: () => inputs.find(({ checked }) => checked)?.focus(),
  };
}
