import type { Left } from "../leaving";
import { forget, listLeft, locate, recall, root } from "../site";
import { isEvent, makeEvent, type RecordEvent } from "./event";
import type { LearnersRecord } from "./record";

/** No longer title is taken from a file. */
const LONGEST = 400;

/** Takes over where a page was left that could not wait for the database; until schema 1 of the record every place was kept there. */
export async function adoptPlace(record: LearnersRecord): Promise<void> {
  const { address, title } = recall<Partial<Record<"address" | "title", unknown>>>("place") ?? {};
  if (typeof address !== "string" || typeof title !== "string") return;
  const url = locate(address);
  if (url) await record.note("", { is: "place", address: url.href.slice(root.href.length), title: title.slice(0, LONGEST) });
  if (!record.trouble) forget("place");
}

/** What pages that were left had no time to bring into the database. What is no event, by another hand, goes. */
export function readLeft(): RecordEvent[] {
  return listLeft().flatMap((name) => {
    const event = read(recall<Left>(name));
    if (event && name === `left:${event.id}`) return [event];
    forget(name);
    return [];
  });
}

function read(left: Left | undefined): RecordEvent | undefined {
  try {
    const event = left && makeEvent(left);
    return isEvent(event) ? event : undefined;
  } catch {
    return undefined; // no moment, or no form
  }
}
