import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";
import { isEvent, type RecordEvent } from "./event";
import { VERSION } from "./form";
import type { Snapshot } from "./snapshot";

/** So many events are read, or added, before the page may do something else. */
const [READ, ADDED] = [2000, 500];

interface Tables extends DBSchema {
  events: { key: number; value: RecordEvent; indexes: { id: string } };
  snapshots: { key: string; value: Snapshot };
}

/** Why nothing more is kept: the browser refuses, its room is used up, a newer page is at work, no other page could read it, or it isn't the form that it was given. */
export type Trouble = "refused" | "full" | "outdated" | "apart" | "damaged";

/** What another hand made of the database: nothing is written there, so that nothing more is lost. */
class DamagedError extends Error {}

export interface Later {
  readonly events: readonly RecordEvent[];
  readonly upTo: number;
  /** How much more there is that is no event. */
  readonly broken: number;
}

/** Hears how far long work is, from 0 to 1. */
export type Tell = (share: number) => void;

interface Endings {
  readonly leave: () => void;
  readonly lose: () => void;
}

/** The events of one site in IndexedDB, in the order they came. */
export class Database {
  private constructor(
    readonly connection: IDBPDatabase<Tables>,
    readonly isDamaged: boolean,
  ) {}

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
    return new Database(connection, !isWhole(connection));
  }

  /** Takes it out of the browser, whatever form it has. */
  static remove(name: string): Promise<void> {
    return deleteDB(name);
  }

  /** The events that came after the one with this key, and the key of the last of them. */
  async readAfter(key: number): Promise<Later> {
    const events: RecordEvent[] = [];
    let [upTo, broken] = [key, 0];
    if (!this.connection.objectStoreNames.contains("events")) return { events, upTo, broken };
    const { store } = this.connection.transaction("events");
    for (;;) {
      const range = IDBKeyRange.lowerBound(upTo, true);
      const [found, keys] = await Promise.all([store.getAll(range, READ), store.getAllKeys(range, READ)]);
      const sound = found.filter(isEvent);
      for (const event of sound) events.push(event);
      broken += found.length - sound.length;
      upTo = keys.at(-1) ?? upTo;
      if (keys.length < READ) return { events, upTo, broken };
    }
  }

  /** The events that came last, of so many keys. */
  async readLatest(count: number): Promise<RecordEvent[]> {
    if (this.isDamaged) return [];
    const { store } = this.connection.transaction("events");
    const last = await store.openKeyCursor(undefined, "prev");
    const found: unknown[] = last ? await store.getAll(IDBKeyRange.lowerBound(last.key - count, true)) : [];
    return found.filter(isEvent);
  }

  async find(id: string): Promise<RecordEvent | undefined> {
    const found = this.isDamaged ? undefined : await this.connection.getFromIndex("events", "id", id);
    return isEvent(found) ? found : undefined;
  }

  /** May be anything, as events may. */
  async readSnapshot(): Promise<unknown> {
    return this.isDamaged ? undefined : await this.connection.get("snapshots", "state");
  }

  /** Puts down a state, unless another tab has deleted the events that it follows from. */
  async putSnapshot(snapshot: Snapshot): Promise<void> {
    if (this.isDamaged) return;
    const work = this.connection.transaction(["events", "snapshots"], "readwrite");
    const isHere = (await work.objectStore("events").getKey(snapshot.upTo)) !== undefined;
    await Promise.all([isHere && work.objectStore("snapshots").put(snapshot, "state"), work.done]);
  }

  /**
   * Adds all of these events, each with an id of its own, or none; one whose id is there already is passed over. Those with the ids of
   * `leaving` go. Resolves when they are kept.
   * `tell` hears the share that is in; waiting for the database between pieces keeps its work open, which a timer would end.
   */
  async add(events: readonly RecordEvent[], tell: Tell = () => undefined, leaving: readonly string[] = []): Promise<void> {
    if (this.isDamaged) throw new DamagedError();
    const work = this.connection.transaction("events", "readwrite");
    work.done.catch(() => undefined);
    const ids = work.store.index("id");
    try {
      for (const id of leaving) {
        const key = await ids.getKey(id);
        if (key !== undefined) await work.store.delete(key);
      }
      for (let at = 0; at < events.length; at += ADDED) {
        await Promise.all(events.slice(at, at + ADDED).map(async (event) => (await ids.getKey(event.id)) ?? work.store.add(event)));
        tell(at / events.length);
      }
      await work.done;
    } catch (error) {
      abort(work);
      throw error;
    }
  }

  /** Takes out the events with these ids: words that their learner took back are not to stay. */
  async drop(ids: readonly string[]): Promise<void> {
    if (this.isDamaged) throw new DamagedError();
    const work = this.connection.transaction("events", "readwrite");
    work.done.catch(() => undefined);
    const index = work.store.index("id");
    for (const id of ids) {
      const key = await index.getKey(id);
      if (key !== undefined) await work.store.delete(key);
    }
    await work.done;
  }

  async clear(): Promise<void> {
    const work = this.connection.transaction(["events", "snapshots"], "readwrite");
    await Promise.all([work.objectStore("events").clear(), work.objectStore("snapshots").clear(), work.done]);
  }

  close(): void {
    this.connection.close();
  }
}

/** Whether it has the form that `upgrade` gives it. */
function isWhole(connection: IDBPDatabase<Tables>): boolean {
  const names = connection.objectStoreNames;
  if (!names.contains("events") || !names.contains("snapshots")) return false;
  const work = connection.transaction(["events", "snapshots"]);
  const [events, snapshots] = [work.objectStore("events"), work.objectStore("snapshots")];
  const isKeyed = events.keyPath === null && events.autoIncrement && snapshots.keyPath === null;
  if (!isKeyed || !events.indexNames.contains("id")) return false;
  const index = events.index("id");
  return index.keyPath === "id" && index.unique && !index.multiEntry;
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
  if (error instanceof DamagedError) return "damaged";
  if (!(error instanceof DOMException)) return "refused";
  if (error.name === "QuotaExceededError") return "full";
  return error.name === "VersionError" ? "outdated" : "refused";
}

