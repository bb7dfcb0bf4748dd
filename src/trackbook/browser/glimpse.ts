import { FORM, VERSION } from "./record/form";
import type { State } from "./record/replay";
import type { Snapshot } from "./record/snapshot";
import { isApart, keyFor, listLeft, recall, root } from "./site";

/** What is shown where a record is only looked at. */
export type Seen = Pick<State, "done" | "places" | "place" | "answers" | "memories">;

const NOTHING: Seen = { done: new Map(), places: new Map(), place: undefined, answers: new Map(), memories: new Map() };
const DAY = 86_400_000;

/** Shows what the record says, now and after whatever the learner does. The code of the record is large: it comes when there is something new in it. */
export async function followState(show: (state: Seen) => void, signal?: AbortSignal): Promise<void> {
  const news = hearNews();
  const seen = await glimpse().catch(() => undefined);
  if (!seen) return follow(show, signal);
  show(seen);
  void news.then(() => (signal?.aborted ? undefined : follow(show, signal))).catch(() => undefined);
}

/** Resolves when something new is in the record, by this page or another. */
export function hearNews(): Promise<unknown> {
  return new Promise((hear) => {
    if ("BroadcastChannel" in globalThis) new BroadcastChannel(keyFor("record")).addEventListener("message", hear, { once: true });
  });
}

async function follow(show: (state: Seen) => void, signal?: AbortSignal): Promise<void> {
  const [{ openWatchedRecord }, { readState }] = await Promise.all([import("./record/trouble"), import("./record/state")]);
  const record = await openWatchedRecord();
  const update = async (): Promise<void> => show(await readState(record));
  record.addEventListener("change", () => void update(), signal ? { signal } : {});
  await update();
}

/** What was last worked out, where nothing is new since; undefined where only the record's own code can tell. */
async function glimpse(): Promise<Seen | undefined> {
  if (isApart || recall("place") !== undefined || listLeft().length > 0) return undefined;
  const database = await open();
  if (!database) return NOTHING;
  try {
    if (database.version !== VERSION) return undefined;
    const work = database.transaction(["events", "snapshots"]);
    const [snapshot, last] = await Promise.all([
      wait(work.objectStore("snapshots").get("state")) as Promise<Partial<Snapshot> | undefined>,
      wait(work.objectStore("events").openKeyCursor(null, "prev")),
    ]);
    if (!last) return NOTHING;
    const { state, form, mark, upTo } = snapshot ?? {};
    const isFresh = form === FORM && upTo === last.key && state?.waiting === 0 && state.latest <= Date.now() + DAY;
    return isFresh && isSound(state) && mark === (await readMark()) ? state : undefined;
  } finally {
    database.close();
  }
}

/** Former names that are new in the course change what a record says. */
async function readMark(): Promise<string> {
  const response = await fetch(new URL("review/names.json", root));
  return ((await response.json()) as { mark: string }).mark;
}

/** The database as it is; undefined where there is none, and then none is made. */
function open(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(keyFor("record"));
    asked.onupgradeneeded = () => {
      asked.transaction?.abort();
      resolve(undefined);
    };
    wait(asked).then(resolve, reject);
  });
}

function wait<Value>(asked: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = reject;
  });
}

/** Whether it has what is shown; all of it is looked at where it is worked on (record/snapshot.ts). */
function isSound({ done, places, answers, memories }: Seen): boolean {
  return [done, places, answers, memories].every((one) => one instanceof Map);
}
