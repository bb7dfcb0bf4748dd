import type { RecordEvent } from "../record/event";
import { readMoment } from "../record/wall";
import type { LearnersRecord } from "../record/record";

/** Milliseconds; whoever takes longer for a card does something else meanwhile. */
const LONGEST = 120_000;
/** So many cards tell how long one takes, and so many events are looked into for them. */
const [ENOUGH, LATEST] = [10, 200];
const MINUTE = 60_000;

/** Milliseconds that this learner takes for a card, as the last ones went; undefined where too few came one after the other. */
export async function measureCard(record: LearnersRecord): Promise<number | undefined> {
  const times = listTimes(await record.readLatest(LATEST));
  return times.length < ENOUGH ? undefined : times[Math.floor(times.length / 2)];
}

/** Whole minutes for cards at this pace. */
export function countMinutes(cards: number, time: number): number {
  return Math.max(1, Math.round((cards * time) / MINUTE));
}

/** From one answer to the next, the shortest first; pauses are left out. */
function listTimes(events: readonly RecordEvent[]): number[] {
  const moments = events.filter(({ what }) => what.is === "grade").map(({ at }) => readMoment(at));
  moments.sort((one, other) => one - other);
  const times = moments.slice(1).map((moment, at) => moment - (moments[at] ?? 0));
  return times.filter((time) => time > 0 && time <= LONGEST).sort((one, other) => one - other);
}
