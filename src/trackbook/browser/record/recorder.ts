import type { What } from "./event";
import { announceTrouble, openWatchedRecord } from "./trouble";

/** Notes in the learner's record what a widget told. */
export async function note(item: string, what: What): Promise<void> {
  const record = await openWatchedRecord();
  await record.note(item, what);
  announceTrouble(record);
}
