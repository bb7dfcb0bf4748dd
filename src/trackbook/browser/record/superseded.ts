import type { RecordEvent } from "./event";
import { begin, isKept, nameKept, type Rename } from "./replay";

/**
 * The events but for those whose place a later one took: former choices, and own words that were changed or deleted. A record lets these go
 * at once; where two are joined, they must not come back. As in a replay, what is dated in the future takes no place yet.
 */
export function leaveSuperseded(events: readonly RecordEvent[], now: number, rename: Rename): RecordEvent[] {
  const standing = new Map<string, string>();
  const [former, removed] = [new Set<string>(), new Set<string>()];
  for (const { event } of begin(events, now).counted) {
    const { id, what } = event;
    if (what.is === "remove") removed.add(what.mark);
    const place = namePlace(event, rename);
    if (place === undefined) continue;
    const before = standing.get(place);
    if (before !== undefined) former.add(before);
    standing.set(place, id);
    if (what.is === "answer" || what.is === "afresh" || what.is === "remove") standing.delete(place);
    else if (what.is === "note" && removed.has(what.mark)) former.add(id);
  }
  return events.filter(({ id }) => !former.has(id));
}

/** Where it stands, or takes away what stood there; undefined for events that stay for good. */
function namePlace({ item, what }: RecordEvent, rename: Rename): string | undefined {
  if (what.is === "note" || what.is === "remove") return `mark ${what.mark}`;
  if (isKept(what)) return `item ${nameKept(rename(item), what)}`;
  return what.is === "answer" || what.is === "afresh" ? `item ${rename(item)}` : undefined;
}
