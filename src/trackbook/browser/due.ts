import sheet from "trackbook:count.css";
import { hearNews } from "./glimpse";
import { make } from "./make";
import { countToday } from "./record/wall";
import { recall, remember, root } from "./site";
import { say } from "./texts";

/** Forgotten with whatever is new in the record (record/record.ts). */
interface Known {
  readonly day: number;
  readonly count: number;
}

let isStyled = false;

/** Shows on this page how many cards are due. What counts them comes once a day, and when there is something new. */
export async function offerCount(): Promise<void> {
  const count = async (): Promise<void> => (await import("./review/count")).followCount();
  const news = hearNews();
  const known = recall<Known>("due");
  const look = (): Promise<void> | undefined => (known?.day === countToday(new Date()) ? undefined : count());
  const late = look();
  if (late || !known) return late;
  paintCount(known.count);
  void news.then(count);
  document.addEventListener("visibilitychange", () => void look());
}

/** The count as it is now, which other pages of this day then know as well. */
export function showCount(count: number): void {
  remember("due", { day: countToday(new Date()), count });
  paintCount(count);
}

/** Beside each way to the reviews in the frame. */
function paintCount(count: number): void {
  dress();
  const there = new URL("review/", root).href;
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".tb-site a, .tb-nav a")) {
    if (link.href.replace(/index\.html$/, "") !== there) continue;
    link.querySelector(".tb-count")?.remove();
    if (count > 0) link.append(makeCount(count));
  }
}

function makeCount(count: number): HTMLElement {
  const pill = make("span", "tb-count", String(count));
  pill.setAttribute("role", "img");
  pill.setAttribute("aria-label", say("waiting", { count }));
  return pill;
}

function dress(): void {
  if (isStyled) return;
  isStyled = true;
  const style = new CSSStyleSheet();
  style.replaceSync(sheet);
  document.adoptedStyleSheets.push(style);
}
