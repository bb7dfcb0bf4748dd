import sheet from "trackbook:count.css";
import { make } from "../make";
import { openRecord } from "../record/record";
import { readState } from "../record/state";
import { root } from "../site";
import { say } from "../texts";
import { followDay, readDay } from "./day";
import { Deck } from "./deck";

let following = false;
let isStyled = false;

/** Shows on this page how many cards are due, and keeps that true. The list of cards is fetched for those who have some. */
export async function followCount(): Promise<void> {
  if (following) return;
  following = true;
  const record = await openRecord();
  let deck: Promise<Deck> | undefined;
  let turn = 0;
  const update = async (): Promise<void> => {
    const mine = ++turn;
    const { memories, done, chosen } = await readState(record);
    if (!deck && memories.size + done.size + chosen.size === 0) return;
    deck ??= Deck.load();
    const { waiting } = await readDay(record, await deck);
    if (mine === turn) showCount(waiting.count);
  };
  followDay(record, () => void update().catch(() => undefined));
  await update();
}

/** Beside each way to the reviews in the frame. */
export function showCount(count: number): void {
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
