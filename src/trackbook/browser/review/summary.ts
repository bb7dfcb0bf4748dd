import { root } from "../site";
import { say } from "../texts";
import { make, makeLink } from "../make";
import type { Sitting } from "./sitting";

/** What a sitting came to: how much was known, which lessons the missed cards lead back to. */
export function makeSummary(sitting: Sitting, absent: number): HTMLElement {
  const { seen, missed } = sitting;
  const summary = make("div", "tb-summary", make("h2", "", say("review.over")));
  summary.tabIndex = -1;
  if (seen.length > 0) summary.append(make("p", "", say("review.known", { known: seen.length - missed.length, total: seen.length })));
  if (missed.length > 0) {
    const modules = [...new Map(missed.map(({ module }) => [module.key, module])).values()];
    const list = modules.map(({ url, place, title }) => make("li", "", `${place}: `, makeLink(new URL(url, root).href, title)));
    summary.append(make("p", "tb-label", say("review.missed")), make("ul", "", ...list));
  }
  if (absent > 0) summary.append(make("p", "", say("review.absent", { count: absent })));
  return summary;
}
