import type { Chosen } from "./chosen";
import type { RecordEvent } from "./event";
import { readMoment } from "./wall";
import { readNames } from "./names";
import { isPrivate } from "./private";
import type { LearnersRecord } from "./record";
import { leaveSuperseded } from "./superseded";
import { holdSize, isSound, join, readRecord, Refusal, writeRecord } from "./transfer";

/** Brings what either lacks to it. Undefined where the file changed meanwhile: nothing was written then. */
export async function joinFile(record: LearnersRecord, chosen: Chosen): Promise<Chosen | undefined> {
  const { handle, course, words } = chosen;
  const file = await handle.getFile();
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
