import { defineElement, makeActions, makeButton, makeStatus, readState, removeWhenGone, say, whenGone, writeState } from "trackbook";
import { writeShort } from "../attention_steps/arithmetic";
import { makeChoices } from "./choices";
import { fillGrid, type Patch } from "./grids";
import { KernelFields } from "./kernel";
import { convolve, frame, type Grid, lay, type Layer, lookDown, lookThrough, widen } from "./slide";

interface Given {
  readonly image: Grid;
  readonly kernel: Grid;
  readonly second: Grid;
  readonly place: readonly [number, number];
}

defineElement("tb-convolution-steps", (widget, signal) => {
  const layers = widget.querySelector(".tb-layers");
  const where = widget.querySelector(".tb-where");
  const id = widget.closest(".tb-widget")?.id;
  const grid = (name: string): Element | null => widget.querySelector(`[data-grid="${name}"]`);
  const table = grid("kernel");
  const seen = widget.querySelectorAll(".tb-figures [data-seen]");
  if (!layers || !where || !id || !table || !seen.length || !widget.dataset["given"]) return false;
  const given = JSON.parse(widget.dataset["given"]) as Given;
  const point = (1.5).toLocaleString(document.documentElement.lang || "en").charAt(1);
  const short = (number: number): string => writeShort(number).replace(".", point);
  const term = (pair: readonly number[]): string => pair.map((one) => (one < 0 ? `(${short(one)})` : short(one))).join(" · ");
  const status = makeStatus();

  const draw = (): { row: number; column: number; result: string | undefined } => {
    const [stride, padding] = [choices.stride.selectedIndex + 1, choices.padding.selectedIndex];
    const first: Layer = { kernel: kernel.read(), stride, padding };
    const second: Layer = { kernel: given.second, stride, padding };
    const isDeep = choices.layer.selectedIndex === 1;
    const map = convolve(given.image, first);
    const next = given.second.length ? convolve(map, second) : [];
    const shown = isDeep ? next : map;
    const columns = shown[0]?.length ?? 0;
    choices.place.max = String(Math.max(0, shown.length * columns - 1));
    choices.place.disabled = columns === 0;
    const at = Number(choices.place.value);
    const [row, column] = columns ? [Math.floor(at / columns), at % columns] : [0, 0];
    const here: Patch | undefined = columns ? { rows: [row, row], columns: [column, column] } : undefined;
    let [below, onImage] = [here, here];
    if (here && isDeep) {
      const [rows, down] = lookThrough(row, map.length, first, second);
      const [across, right] = lookThrough(column, map[0]?.length ?? 0, first, second);
      [below, onImage] = [{ rows, columns: across }, { rows: down, columns: right }];
    } else if (here) onImage = { rows: lookDown(row, first), columns: lookDown(column, first) };
    const framed = frame(given.image, padding);
    fillGrid(grid("image"), framed, onImage, padding, point);
    fillGrid(grid("map"), map, below, 0, point);
    fillGrid(grid("next"), next, isDeep ? here : undefined, 0, point);
    const result = here && short(shown[row]?.[column] ?? 0);
    const read = isDeep ? frame(map, padding) : framed;
    const size = (name: string, rows: Grid): [string, string | number][] => [
      [`${name}_width`, rows[0]?.length ?? 0],
      [`${name}_height`, rows.length],
    ];
    const figures = new Map<string, string | number>([
      ...size("image", framed),
      ...size("map", map),
      ...size("next", next),
      ["top", onImage ? onImage.rows[0] + 1 : "–"],
      ["bottom", onImage ? onImage.rows[1] + 1 : "–"],
      ["left", onImage ? onImage.columns[0] + 1 : "–"],
      ["right", onImage ? onImage.columns[1] + 1 : "–"],
      ["sum", here ? lay(read, isDeep ? second : first, row, column).map(term).join(" + ") : "–"],
      ["result", result ?? "–"],
      ["p", padding],
      ["s", stride],
    ]);
    for (const one of widget.querySelectorAll<HTMLElement>("[data-figure]")) {
      const figure = figures.get(one.dataset["figure"] ?? "");
      if (figure !== undefined) one.textContent = String(figure);
    }
    const widths = widen(first.kernel.length, stride, seen.length);
    seen.forEach((cell, depth) => (cell.textContent = String(widths[depth])));
    choices.place.setAttribute("aria-valuetext", say("convolution-steps.at", { row: row + 1, column: column + 1 }));
    return { row, column, result };
  };
  const read = (): number[] => [
    choices.stride.selectedIndex,
    choices.padding.selectedIndex,
    choices.layer.selectedIndex,
    Number(choices.place.value),
    ...kernel.numbers,
  ];
  const put = (state: readonly number[]): void => {
    const [stride = 0, padding = 0, layer = 0, place = 0, ...weights] = state;
    choices.stride.selectedIndex = stride;
    choices.padding.selectedIndex = padding;
    choices.layer.selectedIndex = layer;
    kernel.show(weights);
    choices.place.max = "999";
    choices.place.value = String(place);
    draw();
  };
  const settle = (): void => {
    kernel.show(kernel.numbers);
    const { row, column, result } = draw();
    const state = read();
    writeState(id, state.join() === first.join() ? undefined : state.join("_"));
    status.textContent = result === undefined ? say("convolution-steps.none") : say("convolution-steps.found", { row: row + 1, column: column + 1, result });
  };
  const isState = (state: readonly number[]): boolean =>
    state.length === first.length && state.every(Number.isFinite) && [2, 2, 1].every((most, at) => Number.isInteger(state[at]) && (state[at] ?? -1) >= 0 && (state[at] ?? 9) <= most);

  const kernel = new KernelFields(table, given.kernel, signal, settle);
  const choices = makeChoices(id, given.second.length > 0, signal, draw, settle);
  const columns = convolve(given.image, {
    kernel: given.kernel,
    stride: Number(widget.dataset["stride"]),
    padding: Number(widget.dataset["padding"]),
  })[0]?.length;
  const first = [
    Number(widget.dataset["stride"]) - 1,
    Number(widget.dataset["padding"]),
    0,
    given.place[0] * (columns ?? 0) + given.place[1],
    ...given.kernel.flat(),
  ];
  const reset = makeButton(
    say("convolution-steps.reset"),
    signal,
    () => {
      put(first);
      settle();
    },
    "tb-quiet",
  );
  const actions = makeActions(reset);
  layers.before(choices.node);
  where.after(actions, status);
  const shared = readState(id)?.split("_").map(Number);
  put(shared && isState(shared) ? shared : first);
  removeWhenGone(signal, choices.node, actions, status);
  whenGone(signal, () => {
    put(first);
    kernel.leave();
  });
  return true;
});
