/** From this width on there is a margin beside the text. */
const WIDE = matchMedia("(width >= 1200px)");
const GAP = 12;

/** A part of ours that stands beside the text, and the place in the text that it belongs to. */
export interface Beside {
  readonly element: HTMLElement;
  readonly at: () => DOMRect;
  /** Whether it is a card, which takes room in the margin, or a mark at the edge of the text. */
  readonly isCard: boolean;
}

export const hasMargin = (): boolean => WIDE.matches;

/** Puts each part at the height of its place: cards below each other and around what stands in the margin already. No other part moves. */
export function place(article: HTMLElement, parts: readonly Beside[]): void {
  const frame = article.getBoundingClientRect();
  const isLeft = getComputedStyle(article).direction === "rtl";
  const taken = parts.some(({ isCard }) => isCard) ? listTaken(article, parts[0]?.element.offsetWidth ?? 0, isLeft) : [];
  let [low, lastMark] = [0, -Infinity];
  for (const { element, at, isCard } of parts) {
    const { top, bottom } = at();
    if (isCard) {
      const height = element.offsetHeight;
      let y = Math.max(top, low);
      for (const box of taken) if (box.top < y + height + GAP && box.bottom > y - GAP) y = box.bottom + GAP;
      low = y + height + GAP;
      element.style.setProperty("top", `${y - frame.top}px`);
    } else {
      // Two marks of one line stand below each other.
      lastMark = Math.max(bottom - element.offsetHeight, lastMark + element.offsetHeight);
      element.style.setProperty("top", `${lastMark - frame.top}px`);
    }
  }
}

/** What stands where cards would, from top to bottom. */
function listTaken(article: HTMLElement, width: number, isLeft: boolean): DOMRect[] {
  const { left, right } = article.getBoundingClientRect();
  const reaches = (box: DOMRect): boolean => box.height > 0 && (isLeft ? box.left < left + width : box.right > right - width);
  const parts = [...article.children].flatMap((part) => (part.matches(".tb-noted") ? [...part.children] : [part]));
  const boxes = parts.filter((part) => !part.matches(".tb-mine")).map((part) => part.getBoundingClientRect());
  return boxes.filter(reaches).sort((one, other) => one.top - other.top);
}

/** Calls `arrange` whenever the page may have got another form, and `show` when it gets a margin or loses it. */
export function whenMoved(article: Element, signal: AbortSignal, arrange: () => void, show: () => void): void {
  const sizes = new ResizeObserver(arrange);
  sizes.observe(article);
  signal.addEventListener("abort", () => sizes.disconnect());
  WIDE.addEventListener("change", show, { signal });
}
