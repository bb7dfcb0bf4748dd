import { say } from "trackbook";

/** Makes radio buttons of what stands in `places`; returns them. `undo` gives the plain words back. */
export function makeRadios(places: readonly HTMLElement[], name: string, names: readonly string[], signal: AbortSignal, changed: () => void): { radios: HTMLInputElement[]; undo: () => void } {
  const plain = places.map(({ innerHTML }) => innerHTML);
  const radios = places.map((place, at) => {
    const label = document.createElement("label");
    const words = document.createElement("span");
    const radio = document.createElement("input");
    Object.assign(radio, { type: "radio", name, value: String(at) });
    radio.setAttribute("aria-label", names[at] ?? "");
    radio.addEventListener("change", changed, { signal });
    words.append(...place.childNodes);
    label.append(radio, words);
    place.append(label);
    return radio;
  });
  return { radios, undo: () => places.forEach((place, at) => (place.innerHTML = plain[at] ?? "")) };
}

export function makeSelect(text: string, options: readonly (readonly [value: string, text: string])[], signal: AbortSignal, changed: () => void): { label: HTMLLabelElement; select: HTMLSelectElement } {
  const label = document.createElement("label");
  const words = document.createElement("span");
  const select = document.createElement("select");
  words.textContent = text;
  select.append(...options.map(([value, name]) => new Option(name, value)));
  select.addEventListener("change", changed, { signal });
  label.append(words, " ", select);
  return { label, select };
}

export interface HeadChoice {
  readonly node: HTMLDivElement;
  readonly layer: HTMLSelectElement;
  readonly head: HTMLSelectElement;
  readonly progress: HTMLProgressElement;
  readonly note: HTMLSpanElement;
}

/** Layer and head, or the mean of all; beside them how much is loaded when another is chosen. */
export function makeHeadChoice(layers: number, heads: number, size: string, signal: AbortSignal, changed: () => void): HeadChoice {
  const count = (most: number): [string, string][] => Array.from({ length: most }, (_, at) => [String(at), String(at + 1)]);
  const layer = makeSelect(say("attention-map.layer"), [...count(layers), ["-1", say("attention-map.mean", { total: layers * heads })]], signal, changed);
  const head = makeSelect(say("attention-map.head"), count(heads), signal, changed);
  const note = document.createElement("span");
  note.className = "tb-note";
  note.textContent = say("attention-map.size", { size });
  const progress = document.createElement("progress");
  progress.setAttribute("aria-label", say("attention-map.loading", { size }));
  progress.hidden = true;
  const node = document.createElement("div");
  node.className = "tb-controls tb-choose";
  node.append(layer.label, head.label, note, progress);
  return { node, layer: layer.select, head: head.select, progress, note };
}

export interface CutChoice {
  readonly node: HTMLDivElement;
  readonly select: HTMLSelectElement;
}

/** Which link of the focus is cut; `buttons` stand beside it. */
export function makeCutChoice(focus: string, names: readonly string[], signal: AbortSignal, changed: () => void, ...buttons: HTMLButtonElement[]): CutChoice {
  const options = names.map((name, at): [string, string] => [String(at), name]);
  const { label, select } = makeSelect(say("attention-map.cut_to", { focus }), [["-1", say("attention-map.none")], ...options], signal, changed);
  const node = document.createElement("div");
  node.className = "tb-controls tb-choose";
  node.append(label, ...buttons);
  return { node, select };
}
