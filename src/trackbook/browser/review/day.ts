import { countToday } from "../record/wall";
import type { LearnersRecord } from "../record/record";
import type { State } from "../record/replay";
import { readState } from "../record/state";
import type { Deck } from "./deck";
import { listWaiting, type Waiting } from "./queue";

/** A day of the learner's as it is now: every page tells its count from here. */
export interface Day {
  readonly state: State;
  readonly today: number;
  readonly waiting: Waiting;
}

export async function readDay(record: LearnersRecord, deck: Deck): Promise<Day> {
  const state = await readState(record);
  const today = countToday(new Date());
  return { state, today, waiting: listWaiting(deck, state, today) };
}

/** Calls `update` whenever the day may have changed: by what the learner does, here or in another tab, or since a new one began. */
export function followDay(record: LearnersRecord, update: () => void, signal?: AbortSignal): void {
  const options = signal ? { signal } : {};
  record.addEventListener("change", update, options);
  document.addEventListener("visibilitychange", update, options);
}
