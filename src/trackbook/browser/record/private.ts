import type { RecordEvent } from "./event";

/** Free text of a learner: own words, and each kind of event that says so itself. */
export function isPrivate({ what }: RecordEvent): boolean {
  return what.is === "draft" || ("private" in what && what.private);
}
