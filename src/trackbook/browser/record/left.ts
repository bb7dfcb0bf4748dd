import { forget, locate, recall, root } from "../site";
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
