import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";
import { keyFor } from "../site";
import type { CourseName, Refusal } from "./transfer";

/** A database, a lock and a channel by which tabs tell each other, all of one name. That the database is there says that a file was chosen. */
export const NAME = keyFor("file");

/** Why the record is not in the file; a key below `progress`, after `file_` where it isn't the refusal of an import. */
export interface FileTrouble {
  readonly why: "leave" | "gone" | "full" | "failed" | `refuse_${Refusal["reason"]}`;
  readonly values: Readonly<Record<string, string | number>>;
}

/** How the file was when it last held what the record did, up to the event with the key `upTo`. */
interface Seen {
  readonly modified: number;
  readonly size: number;
  readonly upTo: number;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** The file that a learner chose for their record. */
export interface Chosen {
  readonly handle: FileSystemFileHandle;
  readonly course: CourseName;
  /** Whether own words are written there; `leaving` until those that are there are taken out. */
  readonly words: "in" | "leaving" | "out";
  readonly seen?: Seen | undefined;
  readonly trouble?: FileTrouble | undefined;
}

interface Tables extends DBSchema {
  chosen: { key: string; value: Chosen };
}

/** The choice, if there is one that can be read. */
export async function readChosen(): Promise<Chosen | undefined> {
  try {
    const there = await indexedDB.databases();
    if (!there.some(({ name }) => name === NAME)) return undefined;
    const chosen = await use((database) => database.get("chosen", "file"));
    return chosen?.handle instanceof FileSystemFileHandle ? chosen : undefined;
  } catch {
    return undefined;
  }
}

/** Rejects where the browser keeps nothing. */
export async function putChosen(chosen: Chosen): Promise<void> {
  await use((database) => database.put("chosen", chosen, "file"));
}

export async function forgetChosen(): Promise<void> {
  await deleteDB(NAME);
}

async function use<Value>(work: (database: IDBPDatabase<Tables>) => Promise<Value>): Promise<Value> {
  const database = await openDB<Tables>(NAME, 1, { upgrade: (made) => void made.createObjectStore("chosen") });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
