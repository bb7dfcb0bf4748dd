import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { RecordEvent } from "./event";
import type { Snapshot } from "./state";

/** Another form of the database gets another number; `upgrade` leads there from every former one. */
const VERSION = 1;

interface Tables extends DBSchema {
  events: { key: number; value: RecordEvent; indexes: { id: string } };
  snapshots: { key: string; value: Snapshot };
}

/** Why nothing more is kept: the browser refuses, its room is used up, a newer page is at work, or no other page could read it. */
export type Trouble = "refused" | "full" | "outdated" | "apart";

export interface Later {
  readonly events: readonly RecordEvent[];
  readonly upTo: number;
}

interface Endings {
  readonly leave: () => void;
  readonly lose: () => void;
}

/** The events of one site in IndexedDB, in the order they came. */
export class Database {
  private constructor(readonly connection: IDBPDatabase<Tables>) {}

  /**
   * Rejects where the browser keeps nothing, or keeps the form of a newer version. `leave` is called when a newer page takes over,
   * `lose` when the browser ends the connection, as when it clears what sites keep.
   */
  static async open(name: string, { leave, lose }: Endings): Promise<Database> {
    const connection = await openDB<Tables>(name, VERSION, {
      upgrade(database, _former, _now, work) {
        // Where it fails, opening fails as well, and says so.
        work.done.catch(() => undefined);
        database.createObjectStore("events", { autoIncrement: true }).createIndex("id", "id", { unique: true });
        database.createObjectStore("snapshots");
      },
      blocking(_version, _newer, event) {
        (event.target as IDBDatabase).close();
        leave();
      },
      terminated: lose,
    });
    return new Database(connection);
  }

  /** The events that came after the one with this key, and the key of the last of them. */
  async readAfter(key: number): Promise<Later> {
    const work = this.connection.transaction("events");
    const range = IDBKeyRange.lowerBound(key, true);
    const [events, last] = await Promise.all([work.store.getAll(range), work.store.openKeyCursor(range, "prev")]);
    return { events, upTo: last?.key ?? key };
  }

  readSnapshot(): Promise<Snapshot | undefined> {
    return this.connection.get("snapshots", "state");
  }

  /** Puts down a state, unless another tab has deleted the events that it follows from. */
  async putSnapshot(snapshot: Snapshot): Promise<void> {
    const work = this.connection.transaction(["events", "snapshots"], "readwrite");
    const isHere = (await work.objectStore("events").getKey(snapshot.upTo)) !== undefined;
    await Promise.all([isHere && work.objectStore("snapshots").put(snapshot, "state"), work.done]);
  }

  /** Adds all of these events, each with an id of its own, or none; one whose id is there already is passed over. Resolves when they are kept. */
  async add(events: readonly RecordEvent[]): Promise<void> {
    const work = this.connection.transaction("events", "readwrite");
    const ids = work.store.index("id");
    const adding = events.map(async (event) => (await ids.getKey(event.id)) ?? work.store.add(event));
    try {
      await Promise.all([...adding, work.done]);
    } catch (error) {
      abort(work);
      throw error;
    }
  }

  async clear(): Promise<void> {
    const work = this.connection.transaction(["events", "snapshots"], "readwrite");
    await Promise.all([work.objectStore("events").clear(), work.objectStore("snapshots").clear(), work.done]);
  }

  close(): void {
    this.connection.close();
  }
}

/** What was added before the failure goes as well, where the browser has not seen to it. */
function abort(work: { abort(): void }): void {
  try {
    work.abort();
  } catch {
    // It is over already.
  }
}

export function nameTrouble(error: unknown): Trouble {
  if (!(error instanceof DOMException)) return "refused";
  if (error.name === "QuotaExceededError") return "full";
  return error.name === "VersionError" ? "outdated" : "refused";
}

