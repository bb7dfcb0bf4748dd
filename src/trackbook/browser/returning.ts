/** A reload that a reader hardly notices: the page comes back where it stood, and the focus where it was. */

/** Kept in this tab until the page is back. */
const PLACE = "trackbook:overlay:place";
const INPUT = ["wheel", "touchstart", "pointerdown", "keydown"];
/** Milliseconds after which a loaded page has come to rest. */
const REST = 1000;

interface Place {
  readonly address: string;
  /** The name of the page that the reload was for. */
  readonly expected: string;
  /** The id of the part above which the reader was, and how far above the window's edge it began. */
  readonly part: string;
  readonly above: number;
  readonly left: number;
  readonly top: number;
  /** A selector; "" for none. */
  readonly focus: string;
}

const findTop = (part: Element): number => part.getBoundingClientRect().top;

/** A selector that finds the element on a page that is built alike. */
export function point(element: Element | null): string {
  const steps: string[] = [];
  for (let at = element; at?.parentElement && at !== document.body; at = at.parentElement) {
    const { id, localName } = at;
    if (id) return [`#${CSS.escape(id)}`, ...steps].join(" > ");
    const alike = [...at.parentElement.children].filter((other) => other.localName === localName);
    steps.unshift(`${localName}:nth-of-type(${alike.indexOf(at) + 1})`);
  }
  return steps.length ? ["body", ...steps].join(" > ") : "";
}

/** Loads this page anew; `expected` names what it is about to be. */
export function leave(expected: string): void {
  const parts = [...document.querySelectorAll("article [id]")].filter((part) => part.getClientRects().length && findTop(part) <= 1);
  const part = scrollY > 0 ? parts.at(-1) : undefined;
  const place: Place = {
    address: location.href,
    expected,
    part: part?.id ?? "",
    above: part ? findTop(part) : 0,
    left: scrollX,
    top: scrollY,
    focus: point(document.activeElement),
  };
  sessionStorage.setItem(PLACE, JSON.stringify(place));
  location.reload();
}

/** After such a reload: takes up the place, and keeps it while things load, until the reader moves. Says where that was. */
export function comeBack(): Place | undefined {
  const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null") as Place | null;
  sessionStorage.removeItem(PLACE);
  if (place?.address !== location.href) return undefined;
  const moved = new AbortController();
  const { signal } = moved;
  const stand = (): void => {
    if (signal.aborted) return;
    const part = document.getElementById(place.part);
    const top = part ? scrollY + findTop(part) - place.above : place.top;
    if (Math.abs(top - scrollY) > 1 || place.left !== scrollX) scrollTo({ left: place.left, top, behavior: "instant" });
    if (place.focus && document.activeElement === document.body) document.querySelector<HTMLElement>(place.focus)?.focus({ preventScroll: true });
  };
  const sizes = new ResizeObserver(stand);
  signal.addEventListener("abort", () => sizes.disconnect());
  for (const kind of INPUT) addEventListener(kind, () => moved.abort(), { signal, capture: true, passive: true });
  addEventListener("scroll", stand, { signal });
  addEventListener("load", () => setTimeout(() => moved.abort(), REST), { signal });
  sizes.observe(document.body);
  stand();
  return place;
}
