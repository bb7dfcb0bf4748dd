import { make } from "../make";
import { say } from "../texts";

const DAY = 86_400_000;

/**
 * A picture of what is coming, which is a table: a bar for each of the next days, the first of which is `today`. A sentence where all but
 * today's would be zero, and nothing while nothing comes.
 */
export function makeAhead(counts: readonly number[], today: number): HTMLElement[] {
  const most = Math.max(...counts);
  if (most === 0) return [];
  if (most === counts[0] && Math.max(...counts.slice(1)) === 0) return [make("p", "", say("review.ahead_none"))];
  const weekday = new Intl.DateTimeFormat(document.documentElement.lang || "en", { weekday: "short", timeZone: "UTC" });
  const rows = counts.map((count, days) => {
    const bar = make("span", "tb-ahead-bar");
    bar.style.setProperty("--tb-share", String(count / most));
    const head = make("th", "", days === 0 ? say("review.today") : weekday.format((today + days) * DAY));
    head.scope = "row";
    return make("tr", "", head, make("td", "", make("b", "", String(count)), bar));
  });
  const heads = [say("review.ahead_day"), say("review.ahead_cards")].map((text) => make("th", "", text));
  const table = make("table", "tb-ahead", make("caption", "", say("review.ahead")), make("thead", "", make("tr", "", ...heads)), make("tbody", "", ...rows));
  return [table];
}
