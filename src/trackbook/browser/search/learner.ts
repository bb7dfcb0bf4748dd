import { findStand, locatePlace, readPage } from "../path/place";
import { openRecord } from "../record/record";
import type { Names, State } from "../record/replay";
import { readState } from "../record/state";
import { readDay } from "../review/day";
import { Deck } from "../review/deck";
import { locate, root } from "../site";
import { say } from "../texts";

/** A way that the learner's record knows, and what stands beside it. */
export interface Way {
  readonly href: string;
  readonly title: string;
  readonly about: string;
}

export async function readDone(): Promise<Names> {
  return (await readState(await openRecord())).done;
}

/** The lesson to go on with, if it is another page than this one, and the cards that wait. */
export async function listWays(): Promise<Way[]> {
  const record = await openRecord();
  const { place, places, done, memories, chosen } = await readState(record);
  const hasCards = memories.size + done.size + chosen.size > 0;
  const count = hasCards ? await Deck.load().then(async (deck) => (await readDay(record, deck)).waiting.count, () => 0) : 0;
  const review = { href: new URL("review/", root).href, title: say("to_review", { count }), about: "" };
  const on = place && (await describePlace(place, places, done));
  return [...(on ? [on] : []), ...(count > 0 ? [review] : [])];
}

/** The section, the number and the minutes are told by the lesson's own page, as far as it can be had. */
async function describePlace({ address, title }: NonNullable<State["place"]>, places: State["places"], done: State["done"]): Promise<Way | undefined> {
  const url = locate(address);
  const key = [...places.keys()].find((key) => address.startsWith(`${key}/`));
  if (!url || url.pathname === location.pathname || (key && done.has(key))) return undefined;
  const plain = { href: url.href, title: say("search.go_on", { title }), about: "" };
  const page = await readPage(url.href);
  const lesson = page?.querySelector<HTMLElement>(".tb-where [data-lesson]")?.dataset;
  const section = url.hash.slice(1);
  const stand = lesson && findStand(page, section, Number(lesson["minutes"]));
  if (!lesson || !stand) return plain;
  const go = say("search.go_on_section", { lesson: lesson["lesson"] ?? "", section: stand.number });
  return { href: locatePlace(url.href, section), title: go, about: `${title} · ${say("search.left", { count: stand.left })}` };
}
