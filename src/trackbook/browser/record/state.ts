import { readNames } from "./names";
import { openRecord, type LearnersRecord } from "./record";
import type { RecordEvent } from "./event";
import { goOn, replay, type MakeSchedule, type State } from "./replay";

/** What was worked out before, up to the event with the key `upTo`; a short way to the same state, which any replay would give as well. */
export interface Snapshot {
  readonly form: number;
  readonly mark: string;
  readonly upTo: number;
  readonly state: State;
}

/** Another form of state gets another number: what was worked out in the former one is then worked out anew. */
const FORM = 1;

/** Works out what is due and done. Reads only what is new since the last time, where that gives the same. */
export async function readState(record?: LearnersRecord): Promise<State> {
  const [open, { mark, rename }] = await Promise.all([record ?? openRecord(), readNames()]);
  const now = Date.now();
  const snapshot = await open.readSnapshot();
  if (snapshot?.form === FORM && snapshot.mark === mark) {
    const { events, upTo, isKept } = await open.readAfter(snapshot.upTo);
    const state = goOn(snapshot.state, events, now, rename, await loadSchedule(events));
    if (state && isKept && events.length > 0) await open.putSnapshot({ ...snapshot, upTo, state });
    if (state) return state;
  }
  const { events, upTo, isKept } = await open.readAfter(0);
  const state = replay(events, now, rename, await loadSchedule(events));
  if (isKept && mark) await open.putSnapshot({ form: FORM, mark, upTo, state });
  return state;
}

async function loadSchedule(events: readonly RecordEvent[]): Promise<MakeSchedule | undefined> {
  if (!events.some(({ what }) => what.is === "grade")) return undefined;
  const { Schedule } = await import("./schedule");
  return (retention) => new Schedule(retention);
}
