import { writeShort } from "../attention_steps/arithmetic";
import type { Grid, Span } from "./slide";

/** What is framed in a grid: some rows of some columns. */
export interface Patch {
  readonly rows: Span;
  readonly columns: Span;
}

const isWithin = (at: number, [first, last]: Span): boolean => first <= at && at <= last;

function makeHead(text: string, scope: string): HTMLTableCellElement {
  const head = document.createElement("th");
  head.scope = scope;
  head.textContent = text;
  return head;
}

/** Writes the numbers into a table, frames the patch, and sets apart a border of padding. */
export function fillGrid(table: Element | null, grid: Grid, patch: Patch | undefined, padding: number, point: string): void {
  const height = grid.length;
  const rows = grid.map((numbers, down) => {
    const row = document.createElement("tr");
    row.append(makeHead(String(down + 1), "row"));
    numbers.forEach((number, right) => {
      const cell = row.insertCell();
      cell.textContent = writeShort(number).replace(".", point);
      const isPad = Math.min(down, right, height - 1 - down, numbers.length - 1 - right) < padding;
      cell.classList.toggle("tb-pad", isPad);
      cell.classList.toggle("tb-on", patch !== undefined && isWithin(down, patch.rows) && isWithin(right, patch.columns));
    });
    return row;
  });
  table?.querySelector("tbody")?.replaceChildren(...rows);
  const heads = (grid[0] ?? []).map((_number, right) => makeHead(String(right + 1), "col"));
  table?.querySelector("thead tr")?.replaceChildren(document.createElement("td"), ...heads);
}
