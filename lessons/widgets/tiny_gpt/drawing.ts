import { make } from "trackbook";

const APART = 4;
const HIGH = 24;
const MIDDLE = 16;

/** A stroke up from the floor for each share; none for what is next to nothing. */
export function drawBars(shares: ArrayLike<number>): string {
  return Array.from(shares, (share, at) => (share * HIGH < 0.05 ? "" : `M${2 + at * APART} ${HIGH}v-${(share * HIGH).toFixed(1)}`)).join("");
}

/** A stroke up or down from the middle for each number. */
export function drawStrip(vector: ArrayLike<number>, most: number): string {
  return Array.from(vector, (number, at) => `M${2 + at * APART} ${MIDDLE}v${((-number / most) * (MIDDLE - 1)).toFixed(1)}`).join("");
}

/** A drawing that says nothing that the text beside it does not say; `paths` by their class. */
export function makeDrawing(kind: string, across: number, high: number, paths: Readonly<Record<string, string>>): SVGSVGElement {
  const drawing = makeShape("svg", { class: kind, viewBox: `0 0 ${across} ${high}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  for (const [name, d] of Object.entries(paths)) drawing.append(makeShape("path", { class: name, d }));
  return drawing;
}

export function makeShape<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes: Readonly<Record<string, string>>): SVGElementTagNameMap[Tag] {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
  return shape;
}

/** The bar of a share, and the share as text. */
export function makeShare(share: number): HTMLTableCellElement {
  return make("td", "", makeDrawing("tb-bar", 100, 8, { "": `M0 4h${(share * 100).toFixed(1)}` }), writeShare(share));
}

export function writeShare(share: number): string {
  return share.toLocaleString(document.documentElement.lang || "en", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
