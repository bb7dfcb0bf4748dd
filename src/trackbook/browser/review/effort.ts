import { make } from "../make";
import type { RecordEvent } from "../record/event";
import { countDay, countToday, readMoment, readWall } from "../record/wall";
import type { Rename } from "../record/replay";
import { say } from "../texts";

/** Weeks that are told, this one included. */
const WEEKS = 6;
const [DAYS, DAY] = [7, 86_400_000];

/** What was done in a week: modules marked, cards of each day, questions answered, and how many of these right at once. */
interface Week {
  readonly modules: Set<string>;
  readonly cards: Set<string>;
  readonly first: Map<string, boolean>;
}

/** What was done this week, in sentences, and in the weeks before it. There is no row to keep unbroken. */
export function fillWeeks(box: HTMLElement, events: readonly RecordEvent[], rename: Rename, now: Date): void {
  const weeks = divide(events, rename, now);
  const [current = makeWeek(), ...before] = weeks;
  const lines = describe(current);
  const told = lines.length > 0 ? make("ul", "", ...lines.map((line) => make("li", "", line))) : make("p", "", say("progress.week_nothing"));
  const busy = before.map((week, at) => ({ week, begin: beginWeek(now, at + 1) })).filter(({ week }) => describe(week).length > 0);
  box.replaceChildren(make("h2", "", say("progress.week")), told, ...(busy.length > 0 ? makeBefore(busy) : []));
}

function makeBefore(busy: readonly { readonly week: Week; readonly begin: Date }[]): HTMLElement[] {
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long", timeZone: "UTC" });
  const entries = busy.map(({ week, begin }) => make("li", "", make("b", "", say("progress.week_of", { date: day.format(begin) })), ` ${describe(week).join(" · ")}`));
  return [make("details", "tb-fold", make("summary", "", say("progress.weeks_before")), make("ul", "", ...entries))];
}

function describe({ modules, cards, first }: Week): string[] {
  const right = [...first.values()].filter(Boolean).length;
  return [
    modules.size > 0 ? say("progress.week_done", { count: modules.size }) : "",
    cards.size > 0 ? say("progress.week_cards", { count: cards.size }) : "",
    first.size > 0 ? say("progress.week_answers", { count: first.size, right }) : "",
  ].filter(Boolean);
}

/** This week first. What was taken back does not count. A card counts once a day, as often as a sitting asks it; of several answers to a question in a week, the first says how it went. */
function divide(events: readonly RecordEvent[], rename: Rename, now: Date): Week[] {
  const weeks = Array.from({ length: WEEKS }, makeWeek);
  const undone = new Set(events.flatMap(({ what }) => (what.is === "undo" ? [what.event] : [])));
  const begin = countDay(beginWeek(now, 0));
  for (const event of [...events].sort((one, other) => readMoment(one.at) - readMoment(other.at))) {
    const day = countDay(readWall(event.at));
    const week = weeks[Math.ceil((begin - day) / DAYS)];
    if (!week || undone.has(event.id) || day >= begin + DAYS) continue;
    const [item, { what }] = [rename(event.item), event];
    if (what.is === "done") week.modules.add(item);
    else if (what.is === "not-done") for (const each of weeks) each.modules.delete(item);
    else if (what.is === "grade") week.cards.add(`${day} ${item}`);
    else if (what.is === "answer" && !week.first.has(item)) week.first.set(item, what.right);
  }
  return weeks;
}

function makeWeek(): Week {
  return { modules: new Set(), cards: new Set(), first: new Map() };
}

/** The first day of the week as it is counted where the language is spoken, so many weeks ago; a time on the wall as if it were in UTC. */
function beginWeek(now: Date, ago: number): Date {
  const today = countToday(now);
  const weekday = new Date(today * DAY).getUTCDay();
  return new Date((today - ((weekday - findFirstDay() + DAYS) % DAYS) - ago * DAYS) * DAY);
}

function findFirstDay(): number {
  const locale = new Intl.Locale(document.documentElement.lang || "en") as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
}
