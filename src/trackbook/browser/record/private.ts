import type { RecordEvent } from "./event";

/** Free text of a learner: own words, and each kind of event that says so itself. That words were taken out is none. */
export function isPrivate({ what }: RecordEvent): boolean {
  return what.is === "draft" ? what.value !== "" : "private" in what && what.private;
}
