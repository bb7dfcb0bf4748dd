import { say } from "trackbook";

export interface Choices {
  readonly node: HTMLDivElement;
  readonly place: HTMLInputElement;
  readonly stride: HTMLSelectElement;
  readonly padding: HTMLSelectElement;
  readonly layer: HTMLSelectElement;
}

/** Where the kernel lies, how far it moves, how wide the frame is, and of which map a number is looked at. */
export function makeChoices(id: string, hasSecond: boolean, signal: AbortSignal, slide: () => void, changed: () => void): Choices {
  const node = document.createElement("div");
  node.className = "tb-controls tb-set";
  const put = <Control extends HTMLElement>(control: Control, name: string, key: string): Control => {
    const label = document.createElement("label");
    const words = document.createElement("span");
    words.textContent = say(key);
    control.id = `${id}-${name}`;
    label.append(words, control);
    node.append(label);
    return control;
  };
  const select = (texts: readonly string[]): HTMLSelectElement => {
    const one = document.createElement("select");
    one.append(...texts.map((text, at) => new Option(text, String(at))));
    one.addEventListener("change", changed, { signal });
    return one;
  };
  const place = document.createElement("input");
  Object.assign(place, { type: "range", min: "0", step: "1" });
  place.addEventListener("input", slide, { signal });
  place.addEventListener("change", changed, { signal });
  const layer = select([say("convolution-steps.first"), say("convolution-steps.second")]);
  return {
    place: put(place, "place", "convolution-steps.place"),
    layer: hasSecond ? put(layer, "layer", "convolution-steps.layer") : layer,
    stride: put(select(["1", "2", "3"]), "stride", "convolution-steps.stride"),
    padding: put(select(["0", "1", "2"]), "padding", "convolution-steps.padding"),
    node,
  };
}
