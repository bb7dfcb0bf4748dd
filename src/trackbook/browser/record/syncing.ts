import { forgetChosen, NAME, putChosen, readChosen, type Chosen, type FileTrouble } from "./chosen";
import { readMoment, type RecordEvent } from "./event";
import { readNames } from "./names";
import { isPrivate } from "./private";
import type { LearnersRecord } from "./record";
import { leaveSuperseded } from "./superseded";
import { holdSize, isSound, join, readRecord, Refusal, writeRecord } from "./transfer";

export const READ_AND_WRITE = { mode: "readwrite" } as const;
/** So often it is begun anew where somebody else writes at the same time. */
const TURNS = 3;

/** Joins the record and its file, if there is one, and returns how it went. Tabs take turns; only one that finds something new, or `changes`, writes. */
export function syncFile(record: LearnersRecord, changes?: Partial<Chosen>): Promise<Chosen | undefined> {
  return takeTurns(async () => {
    const chosen = await readChosen();
    if (!chosen) return undefined;
    const next = await exchange(record, changes ? { ...chosen, ...changes, seen: undefined } : chosen);
    if (next !== chosen) await keep(next);
    return next;
  });
}

/** The same with a file that was just chosen. It takes the place of the former one only if it may be written, or could be asked for. */
export function adoptFile(record: LearnersRecord, chosen: Chosen): Promise<Chosen> {
  return takeTurns(async () => {
    const next = await exchange(record, chosen);
    if (!next.trouble || next.trouble.why === "leave") await keep(next);
    return next;
  });
}

/** Nothing more is written there. The file itself stays. Once this is done, nothing comes from there either. */
export function forgetFile(): Promise<void> {
  return takeTurns(async () => {
    await forgetChosen();
    tell();
  });
}

function takeTurns<Value>(work: () => Promise<Value>): Promise<Value> {
  return navigator.locks.request(NAME, work) as Promise<Value>;
}

async function keep(chosen: Chosen): Promise<void> {
  await putChosen(chosen);
  tell();
}

function tell(): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage("");
  channel.close();
}

/** Nothing that goes wrong with the file may end what a learner does: it is told in `trouble`. */
async function exchange(record: LearnersRecord, chosen: Chosen): Promise<Chosen> {
  try {
    if ((await chosen.handle.queryPermission(READ_AND_WRITE)) !== "granted") throw new DOMException("", "NotAllowedError");
    for (let turn = 0; turn < TURNS; turn++) {
      const next = await tryOnce(record, chosen);
      if (next) return next;
    }
    throw new Error("somebody else writes without end");
  } catch (error) {
    const trouble = nameTrouble(error);
    return trouble.why === chosen.trouble?.why ? chosen : { ...chosen, trouble };
  }
}

/** Undefined where the file changed meanwhile: nothing was written then. */
async function tryOnce(record: LearnersRecord, chosen: Chosen): Promise<Chosen | undefined> {
  const { handle, course, seen, words } = chosen;
  const file = await handle.getFile();
  const isSeen = seen && !chosen.trouble && isSame(file, { lastModified: seen.modified, size: seen.size });
  if (isSeen && (await record.readAfter(seen.upTo)).events.length === 0) return chosen;
  // An empty file is one that was just made.
  const theirs = file.size === 0 ? [] : await readRecord(file, course);
  const { events, upTo } = await record.readAfter(0);
  const ours = events.filter(isSound);
  const all = await join(ours, theirs);
  const { rename } = await readNames();
  const leave = (some: readonly RecordEvent[]): RecordEvent[] => leaveSuperseded(some, Date.now(), rename);
  await bring(record, ours, leave(all));
  // What another device wrote stays, own words as well, unless its learner has just said that none are to be there.
  const there = new Set(theirs.map(({ id }) => id));
  const isWanted = (event: RecordEvent): boolean => words === "in" || !isPrivate(event) || (words === "out" && there.has(event.id));
  const wanted = leave(all.filter(isWanted)).sort(compare);
  const done = (size: number, modified: number): Chosen => ({
    ...chosen,
    words: words === "in" ? "in" : "out",
    trouble: undefined,
    seen: { modified, size, upTo, at: Date.now() },
  });
  if (file.size > 0 && wanted.length === there.size && wanted.every(({ id }) => there.has(id))) return done(file.size, file.lastModified);
  const blob = writeRecord(wanted, course);
  holdSize(blob, wanted);
  if (!(await write(handle, blob, file))) return undefined;
  const { lastModified } = await handle.getFile();
  return done(blob.size, lastModified);
}

/** Takes in what is new, and lets go what has no place any more. */
async function bring(record: LearnersRecord, ours: readonly RecordEvent[], standing: readonly RecordEvent[]): Promise<void> {
  const [here, staying] = [new Set(ours.map(({ id }) => id)), new Set(standing.map(({ id }) => id))];
  const fresh = standing.filter(({ id }) => !here.has(id));
  if (fresh.length > 0 && !(await record.take(fresh))) throw new Refusal("room");
  await record.drop(ours.filter(({ id }) => !staying.has(id)).map(({ id }) => id));
}

/** What is written takes the place of the file as a whole, when it is closed; false where somebody else wrote it since. */
async function write(handle: FileSystemFileHandle, blob: Blob, before: File): Promise<boolean> {
  const stream = await handle.createWritable();
  try {
    await stream.write(blob);
    if (isSame(await handle.getFile(), before)) {
      await stream.close();
      return true;
    }
  } catch (error) {
    await stream.abort().catch(() => undefined);
    throw error;
  }
  await stream.abort();
  return false;
}

/** Every device writes the same entries in the same order. */
function compare(one: RecordEvent, other: RecordEvent): number {
  return readMoment(one.at) - readMoment(other.at) || (one.id < other.id ? -1 : 1);
}

function isSame(one: Pick<File, "lastModified" | "size">, other: Pick<File, "lastModified" | "size">): boolean {
  return one.lastModified === other.lastModified && one.size === other.size;
}

const NAMES: Readonly<Record<string, FileTrouble["why"]>> = { NotAllowedError: "leave", SecurityError: "leave", NotFoundError: "gone", QuotaExceededError: "full" };

function nameTrouble(error: unknown): FileTrouble {
  if (error instanceof Refusal) return { why: `refuse_${error.reason}`, values: error.values };
  return { why: (error instanceof DOMException && NAMES[error.name]) || "failed", values: {} };
}
