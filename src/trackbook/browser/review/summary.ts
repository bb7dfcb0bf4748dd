import type { State } from "../record/replay";
import { root } from "../site";
import { say } from "../texts";
import type { Deck } from "./deck";
import { make, makeLink } from "../make";
import { sayWhen } from "./saying";
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

/** When the next card comes, in a sentence; nothing when none has been seen. */
export function sayNext(deck: Deck, state: State, today: number): string {
  const days = [...deck.cards.keys()].flatMap((item) => state.memories.get(item)?.due ?? []).filter((due) => due > today);
  return days.length > 0 ? say("review.next", { when: sayWhen(Math.min(...days) - today) }) : "";
}
