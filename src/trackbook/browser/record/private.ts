import type { RecordEvent } from "./event";

/** Free text of a learner: each kind of event that holds some says so itself. */
export function isPrivate({ what }: RecordEvent): boolean {
  return "private" in what && what.private;
}
