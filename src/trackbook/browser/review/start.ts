import { makeActions, makeButton } from "../controls";
import { make, makeLink } from "../make";
import { chooseLesson } from "../path/onward";
import { locatePlace } from "../path/place";
import type { State } from "../record/replay";
import { locate, root } from "../site";
import { say } from "../texts";
import type { DeckCard, DeckModule } from "./deck";
import type { Desk } from "./page";
import type { Day } from "./day";
import { findNext, listEarly, listMore, listWaiting, type Waiting } from "./queue";
import { sayComing } from "./saying";
import { countMinutes } from "./speed";

/** What may be done before a sitting; `take` opens a module, and begins with its cards. `time` is what a card takes, in milliseconds, where that is known. */
export interface Ways {
  readonly start: (cards: readonly DeckCard[]) => void;
  readonly take: (module: DeckModule) => void;
  readonly time: number | undefined;
  /** Whether a sitting has just ended: then nobody is led on to more that is not due. */
  readonly isOver: boolean;
}

/** What there is to say, and what to do. */
type Screen = readonly [news: HTMLElement, actions: HTMLElement];

/** Before a sitting: how much waits, and the one thing to do. Where nothing does, why that is so, and where to go on. */
export function makeStart(desk: Desk, day: Day, ways: Ways): Screen {
  const { state, waiting } = day;
  if (waiting.count > 0) return makeWaiting(desk, waiting, ways);
  return state.memories.size + waiting.later.length === 0 ? makeFirst(desk, day, ways) : makeDone(desk, day, ways);
}

function makeWaiting(desk: Desk, { count, due, fresh }: Waiting, { start, time }: Ways): Screen {
  const news = time === undefined ? say("waiting", { count }) : say("review.about", { news: say("waiting", { count }), count: countMinutes(count, time) });
  const more = fresh.length > 0 ? say(due.length > 0 ? "review.fresh" : "review.all_fresh", { count: fresh.length }) : "";
  return [makeNews(news, more), makeActions(makeButton(say("to_review", { count }), desk.signal, () => start([...due, ...fresh]), "tb-main"))];
}

/** No card has come yet: reading goes on, and whoever is curious may try those of the lesson at hand. */
function makeFirst(desk: Desk, { state, today }: Day, { take }: Ways): Screen {
  const { modules } = desk.deck;
  const module = findModule(desk, state);
  if (!module) return [makeNews(say("review.nothing_yet"), say("review.why")), makeActions(makeWay(state, modules))];
  const text = makeNews(say("review.nothing_yet"), say("review.why"), say("review.at_hand", { count: module.cards.length, title: module.title }));
  const { count } = listWaiting(desk.deck, { ...state, chosen: new Set([module.key]) }, today);
  const early = makeButton(say("review.take", { count, total: module.cards.length }), desk.signal, () => take(module), "tb-quiet");
  return [text, makeActions(makeWay(state, modules), early)];
}

/** Nothing is left for today: reading goes on, and whoever wants more cards may have some. */
function makeDone(desk: Desk, { state, today, waiting }: Day, { start, isOver }: Ways): Screen {
  const count = [...state.memories.values()].filter(({ last }) => last === today).length;
  const next = findNext(desk.deck, state, waiting, today);
  const then = next ? say("review.coming", { count: next.count, when: sayComing(next.days, today) }) : "";
  const [more, early] = [listMore(state, waiting, today), listEarly(desk.deck, state, today)];
  const offer = (label: string, cards: readonly DeckCard[]): HTMLElement => makeButton(label, desk.signal, () => start(cards), "tb-quiet");
  const others = more.length > 0 ? [offer(say("review.more"), more)] : early.length > 0 && !isOver ? [offer(say("review.early"), early)] : [];
  return [makeNews(count > 0 ? say("review.all_done", { count }) : say("review.nothing"), then), makeActions(makeWay(state, desk.deck.modules), ...others)];
}

function makeNews(news: string, ...why: readonly string[]): HTMLElement {
  return make("p", "tb-review-count", make("b", "", news), " ", why.join(" "));
}

/** Leads on to where the learner was, or to the lesson to go on with. What was begun goes on, what was not is started, as everywhere. */
export function makeWay(state: State, modules: readonly DeckModule[]): HTMLElement {
  const { place, places } = state;
  const elsewhere = place && !modules.some(({ key }) => place.address.startsWith(`${key}/`)) ? locate(place.address) : undefined;
  const next = elsewhere ? undefined : chooseLesson(modules, state);
  const way = elsewhere
    ? makeLink(elsewhere.href, say("review.go_on", { title: place?.title ?? "" }))
    : next
      ? makeLink(locatePlace(new URL(next.url, root).href, places.get(next.key) ?? ""), say(places.has(next.key) ? "review.go_on" : "review.begin", { title: next.title }))
      : makeLink(root.href, say("review.home"));
  way.className = "tb-button tb-main";
  return way;
}

function findModule({ deck }: Pick<Desk, "deck">, { place }: State): DeckModule | undefined {
  return deck.modules.find(({ key }) => place?.address.startsWith(`${key}/`));
}
