import { readMoment } from "../record/wall";
import type { State } from "../record/replay";
import { root } from "../site";
import { say } from "../texts";
import { make, makeLink } from "../make";
import type { Deck, DeckCard } from "./deck";
import type { Coming } from "./queue";
import { sayComing } from "./saying";
import type { Sitting } from "./sitting";

/** Days for which a card is away that is well known. */
const LONG = 30;
const MINUTE = 60_000;

/** What a sitting came to: what came back to mind, what comes next, and which cards are worth another look. */
export async function makeSummary(sitting: Sitting, absent: number, deck: Deck, state: State, next: Coming | undefined, today: number): Promise<HTMLElement> {
  const { seen, missed } = sitting;
  const summary = make("div", "tb-summary", make("h2", "", say(next?.days === 0 ? "review.over" : "review.over_today")));
  summary.tabIndex = -1;
  if (seen.length > 0) summary.append(make("p", "", describe(sitting)));
  if (absent > 0) summary.append(make("p", "", say("review.absent", { count: absent })));
  summary.append(makeFacts(state, next, today));
  if (missed.length > 0) summary.append(make("h3", "", say("review.missed")), make("ul", "", ...(await Promise.all(missed.map((card) => makeLook(card, sitting, deck))))));
  return summary;
}

/** "7 cards in 3 minutes. 6 came back to mind; 1 came up again, and then it did." */
function describe({ seen, missed, steps }: Sitting): string {
  const moments = steps.map(({ event }) => readMoment(event.at));
  const minutes = Math.max(1, Math.round((Math.max(...moments) - Math.min(...moments)) / MINUTE));
  const counted = say("review.over_cards", { count: seen.length, time: say("review.over_time", { count: minutes }) });
  const known = say("review.recalled", { count: seen.length - missed.length });
  return missed.length > 0 ? `${counted} ${say("review.relearned", { known, count: missed.length })}` : `${counted} ${say("review.all_recalled", { known })}`;
}

function makeFacts({ memories }: State, next: Coming | undefined, today: number): HTMLElement {
  const kept = [...memories.values()].filter(({ due, last }) => due - last >= LONG).length;
  const facts = make("dl", "tb-review-facts");
  const add = (name: string, value: string): void => facts.append(make("div", "", make("dt", "", name), make("dd", "", value)));
  if (next && next.days > 0) add(say("review.next_cards"), say("review.next_count", { count: next.count, when: sayComing(next.days, today) }));
  if (kept > 0) add(say("review.kept"), say("review.kept_of", { count: kept, total: memories.size }));
  return facts;
}

/** The question, which leads to its lesson, and how often it was missed. */
async function makeLook(card: DeckCard, { steps }: Sitting, deck: Deck): Promise<HTMLElement> {
  const front = make("div");
  front.innerHTML = (await deck.readSides(card))?.front ?? "";
  const { url, place, title } = card.module;
  const count = steps.filter((step) => step.card.item === card.item && step.grade === 1).length;
  const link = makeLink(new URL(url, root).href, front.textContent.trim() || title);
  return make("li", "", link, make("small", "", `${say("review.missed_times", { count })} ${place}: ${title}`));
}
