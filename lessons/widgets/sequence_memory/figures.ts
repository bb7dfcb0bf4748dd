import { make, writeNumber } from "trackbook";
import { drawStrip, makeDrawing } from "../tiny_gpt/drawing";
import type { Step } from "./network";

export function writePercent(share: number): string {
  return share.toLocaleString(document.documentElement.lang || "en", { style: "percent" });
}

export function findLikeliest({ odds }: Step): number {
  return odds.indexOf(Math.max(...odds));
}

function makeHead(text: string): HTMLTableCellElement {
  const head = make("th", "", text);
  head.scope = "row";
  return head;
}

/** A row for each word read; the one looked at is set apart. */
export function fillSteps(body: Element, known: readonly string[], ids: readonly number[], steps: readonly Step[], now: number): void {
  const rows = steps.map((step, at) => {
    const likeliest = findLikeliest(step);
    const strip = makeDrawing("tb-strip", 4 * step.state.length, 32, { "": drawStrip(step.state, 1) });
    const guess = `${known[likeliest]}${likeliest === ids[0] ? " ✓" : ""}`;
    const cells = [make("td", "", strip), make("td", "", writePercent(step.odds[ids[0]!]!)), make("td", "", guess)];
    return make("tr", at === now ? "tb-now" : "", makeHead(`${at + 1} ${known[ids[at]!]}`), ...cells);
  });
  body.replaceChildren(...rows);
}

export function fillState(list: Element, { state }: Step): void {
  const cells = Array.from(state, (number) => {
    const cell = make("li", "", writeNumber(number, 2));
    cell.dataset["shade"] = String(Math.round(number * 5) + 0);
    return cell;
  });
  list.replaceChildren(...cells);
}

export function fillOdds(body: Element, known: readonly string[], first: number, { odds }: Step): void {
  const rows = known.map((word, at) => {
    const bar = makeDrawing("tb-bar", 100, 8, { "": `M0 4h${(odds[at]! * 100).toFixed(1)}` });
    return make("tr", "", makeHead(`${word}${at === first ? " ✓" : ""}`), make("td", "", bar), make("td", "", writePercent(odds[at]!)));
  });
  body.replaceChildren(...rows);
}
