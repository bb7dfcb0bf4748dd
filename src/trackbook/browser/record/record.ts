import { isApart, keyFor } from "../site";
import { Database, nameTrouble, type Later, type Trouble } from "./database";
import { makeEvent, type RecordEvent, type What } from "./event";
import type { Snapshot } from "./state";

/** All tabs of this site tell each other here that there is something new. */
const CHANNEL = keyFor("record");

/**
 * What a learner has done, kept in this browser and nowhere else. Nothing here throws: where nothing can be kept, events live as long
 * as the page, and `trouble` says why.
 */
export class LearnersRecord extends EventTarget {
  readonly #channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : undefined;
  #database: Database | undefined;
  #unkept: RecordEvent[] = [];
  #trouble: Trouble | undefined;
  #isLost = false;

  private constructor() {
    super();
    // Where a newer page has taken over, nothing can be read any more: what is shown stays.
    this.#channel?.addEventListener("message", () => this.#trouble === "outdated" || this.dispatchEvent(new Event("change")));
  }

  static async open(): Promise<LearnersRecord> {
    const record = new LearnersRecord();
    await record.#connect();
    return record;
  }

  /** Why what happens now is not kept; undefined while it is. */
  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  async readAll(): Promise<readonly RecordEvent[]> {
    return (await this.readAfter(0)).events;
  }

  /** What came after the event with this key, and the key of the last that is kept; what is not kept comes each time. */
  async readAfter(key: number): Promise<Later & { readonly isKept: boolean }> {
    const unkept = [...this.#unkept];
    const { events, upTo } = (await this.#try((database) => database.readAfter(key))) ?? { events: [], upTo: key };
    return { events: [...events, ...unkept], upTo, isKept: unkept.length === 0 };
  }

  readSnapshot(): Promise<Snapshot | undefined> {
    return this.#try((database) => database.readSnapshot());
  }

  /** A short way that may fail: without it the state is worked out anew. */
  async putSnapshot(snapshot: Snapshot): Promise<void> {
    await this.#database?.putSnapshot(snapshot).catch(() => undefined);
  }

  /** Adds what the learner did just now. Resolves when it is kept, or can't be; then it is tried again with the next. */
  async note(item: string, what: What): Promise<RecordEvent> {
    const event = makeEvent(item, what, new Date());
    this.#unkept.push(event);
    await this.#add([]);
    this.#tell();
    return event;
  }

  /** Adds events from elsewhere that are not there yet: all of them, or none. Returns whether they are kept. */
  async take(events: readonly RecordEvent[]): Promise<boolean> {
    const kept = await this.#add(events);
    if (kept) this.#tell();
    return kept;
  }

  /** Forgets everything. Returns whether nothing is kept any more. */
  async clear(): Promise<boolean> {
    this.#unkept = [];
    const cleared = await this.#try((database) => database.clear().then(() => true));
    if (cleared) this.#report(undefined);
    this.#tell();
    return cleared ?? (!this.#database && this.#trouble !== "outdated");
  }

  async #connect(): Promise<void> {
    if (isApart) return this.#report("apart");
    const leave = (): void => {
      this.#database = undefined;
      this.#report("outdated");
    };
    const lose = (): void => {
      this.#database = undefined;
      this.#isLost = true;
    };
    try {
      this.#database = await Database.open(CHANNEL, { leave, lose });
      this.#isLost = false;
    } catch (error) {
      this.#report(nameTrouble(error));
    }
  }

  /** Adds what is not kept yet, and these. */
  async #add(events: readonly RecordEvent[]): Promise<boolean> {
    const pending = [...this.#unkept];
    const kept = await this.#try((database) => database.add([...pending, ...events]).then(() => true));
    if (!kept) return false;
    this.#unkept = this.#unkept.filter((one) => !pending.includes(one));
    this.#report(undefined);
    return true;
  }

  async #try<Value>(work: (database: Database) => Promise<Value>): Promise<Value | undefined> {
    if (this.#isLost) await this.#connect();
    if (!this.#database) return undefined;
    try {
      return await work(this.#database);
    } catch (error) {
      this.#report(nameTrouble(error));
      return undefined;
    }
  }

  #report(trouble: Trouble | undefined): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.dispatchEvent(new Event("trouble"));
  }

  #tell(): void {
    this.dispatchEvent(new Event("change"));
    this.#channel?.postMessage("");
  }
}

let opened: Promise<LearnersRecord> | undefined;

/** The one record of this page. */
export function openRecord(): Promise<LearnersRecord> {
  return (opened ??= LearnersRecord.open());
}
