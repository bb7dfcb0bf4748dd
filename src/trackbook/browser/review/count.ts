import { showCount } from "../due";
import { openRecord } from "../record/record";
import { readState } from "../record/state";
import { followDay, readDay } from "./day";
import { Deck } from "./deck";

let following = false;

/** Shows on this page how many cards are due, and keeps that true. The list of cards is fetched for those who have some. */
export async function followCount(): Promise<void> {
  if (following) return;
  following = true;
  const record = await openRecord();
  let deck: Promise<Deck> | undefined;
  let turn = 0;
  const update = async (): Promise<void> => {
    const mine = ++turn;
    const { memories, done, chosen } = await readState(record);
    if (!deck && memories.size + done.size + chosen.size === 0) return showCount(0);
    deck ??= Deck.load();
    const { waiting } = await readDay(record, await deck);
    if (mine === turn) showCount(waiting.count);
  };
  followDay(record, () => void update().catch(() => undefined));
  await update();
}
