import { put, shade, showArcs } from "./drawing";
import type { Looked, Side } from "./saying";
import { writePercent } from "./weights";

/** The fallback's parts, what it holds, and how to change what it shows; nothing where a part is missing. */
export function readPage(widget: HTMLElement) {
  const stage = widget.querySelector<HTMLElement>(".tb-stage");
  const table = widget.querySelector(".tb-figures");
  const cutting = widget.querySelector<HTMLElement>(".tb-cutting");
  const result = widget.querySelector<HTMLElement>(".tb-cut");
  const difference = widget.querySelector<HTMLElement>(".tb-difference");
  const id = widget.closest(".tb-widget")?.id;
  const { packed, rest, size } = widget.dataset;
  if (!stage || !table || !cutting || !result || !difference || !id || !packed || !rest || !size) return undefined;

  const read = (name: string): number => Number(widget.dataset[name]);
  const rows = [...table.querySelectorAll<HTMLElement>("tbody tr")];
  const words = rows.flatMap((row) => [...row.querySelectorAll("th")]);
  const names = words.map(({ textContent }) => textContent.trim());
  const endings = [...table.querySelectorAll<HTMLElement>("thead th[lang]")];
  const count = packed.split(" ").length;
  const split = (at: number): string[] => names.map((name) => name.split(" / ")[at] ?? name.split(" / ")[0]!);
  const sides: Side[] = packed.split(" ").map((_, at) => ({ own: count > 1 ? endings[at]!.textContent.trim() : "", tokens: split(at) }));
  const cells = rows.map((row) => [...row.querySelectorAll("td")]);
  const drawings = [...stage.querySelectorAll("svg")];
  const paths = drawings.map((drawing) => [...drawing.querySelectorAll("path")]);
  const cosines = [...widget.querySelectorAll(".tb-cuts tbody tr")].map((row) => [...row.querySelectorAll("td")].map(({ textContent }) => textContent));
  const [one = 0, two = 0] = (widget.dataset["candidates"] ?? "").split(" ").map(Number);
  const candidates: readonly [number, number] = [one, two];
  const focus = read("focus");
  const mark = widget.querySelector(".tb-cut-to");
  const brightest = names.indexOf(mark?.textContent.trim() ?? "");

  return {
    id,
    stage,
    cutting,
    difference,
    words,
    names,
    sides,
    endings,
    focus,
    candidates,
    rest,
    size,
    packed: packed.split(" "),
    bytes: read("bytes"),
    layers: read("layers"),
    heads: read("heads"),
    /** The one whose single links were cut. */
    head: widget.dataset["shown"] ?? "",
    shown: { layer: read("layer"), head: read("head") },

    /** Shares as numbers, shade and arcs; the picked side comes forward. */
    show({ rows: shares, word }: Looked, cut: number, side: number): void {
      rows.forEach((row, at) => row.classList.toggle("tb-from", at === word));
      cells.forEach((row, at) =>
        row.forEach((cell, which) => {
          const text = writePercent(shares[which]![at]!);
          if (cell.textContent !== text) cell.textContent = text;
          put(cell, "data-shade", at === cut ? "0" : shade(shares[which]![at]!));
          put(cell, "data-cut", at === cut ? "" : undefined);
        }),
      );
      drawings.forEach((drawing, which) => {
        showArcs(paths[which]!, shares[which]!, word, cut);
        put(drawing, "data-aside", count > 1 && which !== side ? "" : undefined);
      });
    },
    showHead(layer: number, head: number): void {
      for (const place of widget.querySelectorAll(".tb-head")) place.textContent = `L${layer + 1}H${head + 1}`;
      for (const sentence of widget.querySelectorAll<HTMLElement>(".tb-framed")) sentence.hidden = layer < 0;
      for (const frame of widget.querySelectorAll(".tb-picked")) {
        const cell = Number(frame.getAttribute("width"));
        frame.setAttribute("x", String(cell * head));
        frame.setAttribute("y", String(cell * layer));
        frame.setAttribute("visibility", layer < 0 ? "hidden" : "visible");
      }
    },
    /** With no link cut, the default stays in the page, for paper. */
    showCut(cut: number): void {
      const at = cut < 0 ? brightest : cut;
      result.toggleAttribute("data-shown", cut >= 0);
      if (mark) mark.textContent = names[at]!;
      result.querySelectorAll("tbody td > span").forEach((text, which) => (text.textContent = cosines[at]![which]!));
      result.querySelectorAll(".tb-left").forEach((bar, which) => bar.setAttribute("d", `M0 0h${readWidth(cosines[at]![which]!)}v6H0z`));
    },
    readCut(cut: number, side: number): { alone: string; all: string } {
      return { alone: cosines[cut]![side]!, all: cosines[cut]![count + side]! };
    },
  };
}

/** Of a hundred; the cosine stands there with three decimals, in any language. */
function readWidth(cosine: string): number {
  return Number(cosine.replace(/\D/g, "")) / 10;
}
