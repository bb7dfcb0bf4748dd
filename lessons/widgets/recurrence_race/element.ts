import { defineElement, makeActions, makeButton, makeStatus, readState, removeWhenGone, say, whenGone, writeNumber, writeState } from "trackbook";
import { makeLength } from "./length";
import { measure, place } from "./race";

defineElement("tb-recurrence-race", (widget, signal) => {
  const chart = widget.querySelector(".tb-chart");
  const table = widget.querySelector(".tb-figures");
  const id = widget.closest(".tb-widget")?.id;
  if (!chart || !table || !id) return false;
  const read = (name: string): number => Number(widget.dataset[name]);
  const [first, least, most, width] = [read("length"), read("least"), read("most"), read("width")];
  const status = makeStatus();
  const written = (length: number): Record<string, string> =>
    Object.fromEntries(Object.entries(measure(length, width)).map(([name, figure]) => [name, writeNumber(figure)]));

  const draw = (length: number): void => {
    const figures = written(length);
    for (const one of widget.querySelectorAll<HTMLElement>("[data-figure]")) one.textContent = figures[one.dataset["figure"] ?? ""] ?? "";
    const { x, recurrence, attention } = place(length, most, width);
    chart.querySelector(".tb-now")?.setAttribute("d", `M${x.toFixed(2)} 200V0`);
    chart.querySelector(".tb-at-line")?.setAttribute("transform", `translate(${x.toFixed(2)} ${recurrence.toFixed(2)})`);
    chart.querySelector(".tb-at-curve")?.setAttribute("transform", `translate(${x.toFixed(2)} ${attention.toFixed(2)})`);
    control.show(length);
  };
  const settle = (length: number): void => {
    draw(length);
    writeState(id, length === first ? undefined : String(length));
    const key = 2 * length < width ? "recurrence-race.less" : 2 * length > width ? "recurrence-race.more" : "recurrence-race.equal";
    status.textContent = say(key, written(length));
  };

  const control = makeLength({ id, least, most }, signal, draw, settle);
  const reset = makeButton(say("recurrence-race.reset"), signal, () => settle(first), "tb-quiet");
  const actions = makeActions(reset);
  chart.before(control.node);
  table.after(actions, status);
  removeWhenGone(signal, control.node, actions, status);
  whenGone(signal, () => draw(first));
  const shared = Number(readState(id) ?? first);
  draw(Number.isInteger(shared) && shared >= least && shared <= most ? shared : first);
  return true;
});
