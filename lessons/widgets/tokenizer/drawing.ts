import { say, writeNumber } from "trackbook";
import { BYTES, type Step, type Vocabulary } from "./encoding";
import { drawRow, TOP, type Rows } from "./rows";
import { findDirection, spell, writeHex } from "./spelling";

const SLICE = 3;
const NEAREST = 3;

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, className = "", ...parts: readonly (Node | string)[]): HTMLElementTagNameMap[Name] {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...parts);
  return node;
}

/** What a token spells, its spaces to be seen. */
function makePiece(token: readonly number[]): HTMLElement {
  const { shown, isText } = spell(token);
  const piece = make("bdi", isText ? "tb-piece" : "tb-piece tb-raw");
  shown.split(" ").forEach((part, at) => piece.append(...(at ? [isText ? make("span", "tb-space", " ") : " "] : []), part));
  return piece;
}

/** Shows ids in the widget's own HTML. */
export class Drawing {
  readonly #find: (selector: string) => Element | null;

  constructor(
    widget: HTMLElement,
    readonly vocabulary: Vocabulary,
    readonly rows?: Rows,
  ) {
    this.#find = (selector) => widget.querySelector(selector);
  }

  show(text: string, bytes: readonly number[], ids: readonly number[], merged: number | undefined): void {
    const list = this.#find(".tb-tokens");
    list?.setAttribute("dir", findDirection(text));
    list?.replaceChildren(
      ...ids.map((id) => make("li", id === merged ? "tb-new" : "", this.#piece(id), make("span", "tb-number", String(id)))),
    );
    const printed = this.#find(".tb-text");
    if (printed) printed.textContent = text;
    const counts = [[...text].length, bytes.length, ids.length];
    this.#find(".tb-counts")?.querySelectorAll("dd").forEach((one, at) => (one.textContent = writeNumber(counts[at] ?? 0)));
    this.#find(".tb-figures tbody")?.replaceChildren(
      ...ids.map((id) => this.#line(make("td", "", this.#piece(id)), make("td", "tb-hex", writeHex(this.#bytes(id))), this.#head(String(id)))),
    );
    if (this.rows) this.#showRows(ids, this.rows);
  }

  showMerges(steps: readonly Step[]): void {
    this.#find(".tb-merges")?.replaceChildren(
      ...steps.map(({ merge }) => {
        const [left, right] = this.vocabulary.merges[merge] ?? [0, 0];
        const made = BYTES + merge;
        return make("li", "", this.#piece(left), " + ", this.#piece(right), " → ", this.#piece(made), " ", make("span", "tb-number", String(made)));
      }),
    );
  }

  #showRows(ids: readonly number[], rows: Rows): void {
    this.#find(".tb-rows tbody")?.replaceChildren(
      ...[...new Set(ids)].map((id) => {
        const row = rows.find(id);
        const times = ids.filter((other) => other === id).length;
        const head = this.#head(this.#piece(id), " ", make("span", "tb-number", times > 1 ? `${id} · ${times} ×` : String(id)));
        const slice = [...row.subarray(0, SLICE)].map((number) => writeNumber(number / TOP, 2)).join(", ");
        const near = rows.listNearest(id, NEAREST).flatMap((other) => [this.#piece(other), " "]);
        const nearest = near.length ? near : [make("span", "tb-none", say("tokenizer.none"))];
        const bars = make("td", "tb-bars");
        bars.innerHTML = `<svg viewBox="0 0 64 28" aria-hidden="true"><path class="tb-zero" d="M0 14H64"/><path d="${drawRow(row)}"/></svg> `;
        bars.append(make("span", "tb-slice", `${slice}, …`));
        return this.#line(head, bars, make("td", "tb-near", ...nearest));
      }),
    );
  }

  #bytes(id: number): readonly number[] {
    return this.vocabulary.tokens[id] ?? [];
  }

  #piece(id: number): HTMLElement {
    return makePiece(this.#bytes(id));
  }

  #head(...parts: readonly (Node | string)[]): HTMLElement {
    const head = make("th", "", ...parts);
    head.scope = "row";
    return head;
  }

  #line(...cells: readonly HTMLElement[]): HTMLElement {
    return make("tr", "", ...cells);
  }
}
