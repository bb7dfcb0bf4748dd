import { keyFor } from "../site";
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
    const pending = [...this.#unkept];
    if (await this.#add(pending)) {
      this.#unkept = this.#unkept.filter((one) => !pending.includes(one));
      this.#report(undefined);
    }
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
    const cleared = this.#database ? await this.#try((database) => database.clear().then(() => true)) : this.#trouble !== "outdated";
    if (this.#database && cleared) this.#report(undefined);
    this.#tell();
    return cleared ?? false;
  }

  /** A connection that the browser ended is made anew. */
  async #connect(): Promise<void> {
    const leave = (): void => {
      this.#database = undefined;
      this.#report("outdated");
    };
    try {
      this.#database = await Database.open(CHANNEL, { leave, lose: () => void this.#connect() });
      this.#report(undefined);
    } catch (error) {
      this.#database = undefined;
      this.#report(nameTrouble(error));
    }
  }

  async #add(events: readonly RecordEvent[]): Promise<boolean> {
    return (await this.#try((database) => database.add(events).then(() => true))) ?? false;
  }

  async #try<Value>(work: (database: Database) => Promise<Value>): Promise<Value | undefined> {
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
