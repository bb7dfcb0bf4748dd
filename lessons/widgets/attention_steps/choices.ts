import { say } from "trackbook";

export interface Choices {
  readonly node: HTMLDivElement;
  readonly row: HTMLSelectElement;
  readonly column: HTMLSelectElement;
  readonly causal: HTMLInputElement;
}

/** Which query and key are asked about, and whether there is a mask. */
export function makeChoices(id: string, tokens: readonly string[], signal: AbortSignal, changed: () => void): Choices {
  const node = document.createElement("div");
  node.className = "tb-asked";
  const put = <Control extends HTMLElement>(control: Control, name: string, key: string, isBefore = false): Control => {
    const label = document.createElement("label");
    const words = document.createElement("span");
    words.textContent = say(key);
    control.id = `${id}-${name}`;
    control.addEventListener("change", changed, { signal });
    label.append(...(isBefore ? [control, words] : [words, control]));
    node.append(label);
    return control;
  };
  const select = (): HTMLSelectElement => {
    const one = document.createElement("select");
    one.append(...tokens.map((token, at) => new Option(token, String(at))));
    return one;
  };
  const causal = document.createElement("input");
  causal.type = "checkbox";
  return {
    node,
    row: put(select(), "row", "attention-steps.row"),
    column: put(select(), "column", "attention-steps.column"),
    causal: put(causal, "causal", "attention-steps.causal", true),
  };
}
