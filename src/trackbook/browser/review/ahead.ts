import { make } from "../make";
import { say } from "../texts";
import { sayWhen } from "./saying";

/** A picture of what is coming, which is a table: a bar for each of the next days. Nothing while nothing comes. */
export function makeAhead(counts: readonly number[]): HTMLElement[] {
  const most = Math.max(...counts);
  if (most === 0) return [];
  const rows = counts.map((count, days) => {
    const bar = make("span", "tb-ahead-bar");
    bar.style.inlineSize = `${(100 * count) / most}%`;
    const head = make("th", "", sayWhen(days));
    head.scope = "row";
    return make("tr", "", head, make("td", "", make("span", "tb-bar", bar), String(count)));
  });
  const heads = [say("review.ahead_day"), say("review.ahead_cards")].map((text) => make("th", "", text));
  const table = make("table", "tb-ahead", make("caption", "", say("review.ahead")), make("thead", "", make("tr", "", ...heads)), make("tbody", "", ...rows));
  return [table];
}
