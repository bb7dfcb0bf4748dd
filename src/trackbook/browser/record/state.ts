import { adoptPlace } from "./left";
import { FORM } from "./form";
import { readNames } from "./names";
import { Pace } from "./pace";
import { openRecord, type LearnersRecord } from "./record";
import type { RecordEvent } from "./event";
import { beginWith, compare, counts, fold, goOn, time, type MakeSchedule, type Rename, type State, type Timed } from "./replay";
import { sortGently } from "./sorting";
import { isSnapshot } from "./snapshot";

export { areHere } from "./marks";

/** So many events are taken at a time; where more are new, as after an import, they are replayed piece by piece. */
const PIECE = 500;

/** Once a page: where a place can't be kept, it would be adopted without end. */
let adopted: Promise<void> | undefined;

/** Works out what is due and done. Reads only what is new since the last time, where that gives the same. */
export async function readState(record?: LearnersRecord): Promise<State> {
  const [open, { mark, rename }] = await Promise.all([record ?? openRecord(), readNames()]);
  await (adopted ??= adoptPlace(open));
  const now = Date.now();
  const snapshot = await open.readSnapshot();
  if (isSnapshot(snapshot, mark)) {
    const { events, upTo, isKept } = await open.readAfter(snapshot.upTo);
    const state = events.length > PIECE ? undefined : goOn(snapshot.state, events, now, rename, await loadSchedule(events));
    if (state && isKept && events.length > 0) await open.putSnapshot({ ...snapshot, upTo, state });
    if (state) return state;
  }
  const { events, upTo, isKept } = await open.readAfter(0);
  const state = await replayGently(events, now, rename, await loadSchedule(events));
  if (isKept && mark) await open.putSnapshot({ form: FORM, mark, upTo, state });
  return state;
}

/** As `replay` does, while the page goes on. */
async function replayGently(events: readonly RecordEvent[], now: number, rename: Rename, makeSchedule?: MakeSchedule): Promise<State> {
  const pace = new Pace();
  const timed: Timed[] = [];
  for (const event of events) {
    if (pace.isDue) await pace.rest();
    const one = time(event);
    if (counts(one, now)) timed.push(one);
  }
  const ordered = await sortGently(timed, compare, pace);
  if (pace.isDue) await pace.rest();
  const { state: first, counted, schedule } = beginWith(ordered, events.length, makeSchedule);
  let state = first;
  for (let at = 0; at < counted.length; at += PIECE) {
    if (pace.isDue) await pace.rest();
    state = fold(state, counted.slice(at, at + PIECE), rename, schedule);
  }
  return state;
}

async function loadSchedule(events: readonly RecordEvent[]): Promise<MakeSchedule | undefined> {
  if (!events.some(({ what }) => what.is === "grade")) return undefined;
  const { Schedule } = await import("./schedule");
  return (retention) => new Schedule(retention);
}
