import { forgetChosen, NAME, putChosen, readChosen, type Chosen, type FileTrouble } from "./chosen";
import type { LearnersRecord } from "./record";

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
    if (await isSettled(record, chosen)) return chosen;
    // What reads and writes files is large: it comes once there is something to do.
    const { joinFile } = await import("./joining");
    for (let turn = 0; turn < TURNS; turn++) {
      const next = await joinFile(record, chosen);
      if (next) return next;
    }
    throw new Error("somebody else writes without end");
  } catch (error) {
    const trouble = await nameTrouble(error);
    return trouble.why === chosen.trouble?.why ? chosen : { ...chosen, trouble };
  }
}

/** Whether nothing has happened since both held the same. */
async function isSettled(record: LearnersRecord, { handle, seen, trouble }: Chosen): Promise<boolean> {
  if (!seen || trouble) return false;
  const { lastModified, size } = await handle.getFile();
  return lastModified === seen.modified && size === seen.size && (await record.readAfter(seen.upTo)).events.length === 0;
}

const NAMES: Readonly<Record<string, FileTrouble["why"]>> = { NotAllowedError: "leave", SecurityError: "leave", NotFoundError: "gone", QuotaExceededError: "full" };

async function nameTrouble(error: unknown): Promise<FileTrouble> {
  const { Refusal } = await import("./transfer");
  if (error instanceof Refusal) return { why: `refuse_${error.reason}`, values: error.values };
  return { why: (error instanceof DOMException && NAMES[error.name]) || "failed", values: {} };
}
