/** Parts of a lesson that are no prose: what widgets, links to headings, definitions, cards of the frame, and our own marks say. */
const NO_PROSE = "script, style, noscript, button:not(.tb-term), .tb-top, .tb-widget, .headerlink, .tb-definition, .tb-deeper, .tb-shorter, .tb-done-box, .tb-pager, .tb-missed, .tb-mine, .footnote-backref, annotation, [hidden]";
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, td, th, pre, figcaption, summary, math[display='block']";

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The prose of a page as one text, in which each sign knows its place in the page. White space is one space, as a reader sees it. */
export class PageText {
  readonly text: string;
  readonly #spots: (readonly [Text, number])[] = [];

  constructor(readonly article: Element) {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof Element && node.matches(NO_PROSE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    let text = "";
    let isApart = true;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text) {
        for (let at = 0; at < node.data.length; at += 1) {
          const sign = node.data[at] ?? "";
          const isSpace = /\s/.test(sign);
          if (!isSpace || !isApart) {
            text += isSpace ? " " : sign;
            this.#spots.push([node, at]);
          }
          isApart = isSpace;
        }
      } else if (!isApart && (node as Element).matches(BLOCKS)) {
        // No sign stands between two blocks, where a reader sees a gap: the last one's place serves for it.
        text += " ";
        this.#spots.push(this.#spots.at(-1) as [Text, number]);
        isApart = true;
      }
    }
    this.text = text;
  }

  /** The part of the page between two places of the text. */
  toRange({ start, end }: Span): Range {
    const range = document.createRange();
    const [first, last] = [this.#spots[start], this.#spots[end - 1]];
    if (!first || !last) return range;
    range.setStart(...first);
    range.setEnd(last[0], last[1] + 1);
    return range;
  }

  /** What of the prose is in a part of the page, without white space around it; undefined where there is none. */
  toSpan(range: Range): Span | undefined {
    let start = this.#count(([node, at]) => range.comparePoint(node, at) < 0);
    let end = this.#count(([node, at]) => range.comparePoint(node, at + 1) <= 0);
    while (start < end && this.text[start] === " ") start += 1;
    while (start < end && this.text[end - 1] === " ") end -= 1;
    return start < end ? { start, end } : undefined;
  }

  /** How many signs at the beginning of the text are so, where none is that comes after one that is not. */
  #count(isSo: (spot: readonly [Text, number]) => boolean): number {
    let [low, high] = [0, this.#spots.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const spot = this.#spots[middle];
      if (spot && isSo(spot)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The blocks of prose that hold no others, in their order: what a reader goes through passage by passage. */
  listPassages(): HTMLElement[] {
    const holders = new Set(this.#spots.map(([{ parentElement }]) => parentElement?.closest<HTMLElement>(BLOCKS)));
    return [...holders].filter((block): block is HTMLElement => block instanceof HTMLElement && this.article.contains(block) && block.getClientRects().length > 0);
  }
}
