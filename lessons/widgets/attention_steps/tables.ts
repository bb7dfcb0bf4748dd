import { writeFixed, writeShort, type Matrix, type Step } from "./arithmetic";

const ACROSS = 340;

/** Writes what a step made into its table, and into its bars where it has some. */
export function fillStep(row: Element, step: Step, made: Matrix, point: string): void {
  const write = step === "score" ? writeShort : (number: number): string => writeFixed(number, 3);
  row.querySelectorAll("tbody tr").forEach((line, at) => {
    line.querySelectorAll("td").forEach((cell, entry) => (cell.textContent = write(made[at]?.[entry] ?? 0).replace(".", point)));
  });
  row.querySelectorAll(".tb-bars g").forEach((bar, at) => drawBar(bar, made[at] ?? []));
}

function drawBar(bar: Element, shares: readonly number[]): void {
  let begin = 0;
  const names = bar.querySelectorAll("text:not(.tb-of)");
  bar.querySelectorAll("rect").forEach((part, at) => {
    const share = shares[at] ?? 0;
    const x = writeFixed(begin * ACROSS, 2);
    part.setAttribute("x", x);
    part.setAttribute("width", writeFixed(share * ACROSS, 2));
    names[at]?.setAttribute("x", x);
    names[at]?.setAttribute("visibility", share > 0.25 ? "visible" : "hidden");
    begin += share;
  });
}
