import { leave, type Left } from "../leaving";
import { forget, isApart, keyFor, listLeft } from "../site";
import { Database, nameTrouble, type Later, type Tell, type Trouble } from "./database";
import { makeEvent, type RecordEvent, type What } from "./event";
import { readLeft } from "./left";
import type { Snapshot } from "./snapshot";

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
  /** Ids of events that are to go, and are there still. */
  #leaving: string[] = [];
  #trouble: Trouble | undefined;
  #isLost = false;
  #broken = 0;

  private constructor() {
    super();
    // Where a newer page has taken over, nothing can be read any more: what is shown stays.
    this.#channel?.addEventListener("message", () => this.#trouble === "outdated" || this.dispatchEvent(new Event("change")));
  }

  static async open(): Promise<LearnersRecord> {
    const record = new LearnersRecord();
    await record.#connect();
    record.#unkept = isApart ? [] : readLeft();
    if (record.#unkept.length > 0 && (await record.#add([]))) record.#tell();
    return record;
  }

  /** Why what happens now is not kept; undefined while it is. */
  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** How many entries were found that can't be read. They stay where they are, and the others count. */
  get broken(): number {
    return this.#broken;
  }

  async readAll(): Promise<readonly RecordEvent[]> {
    return (await this.readAfter(0)).events;
  }

  /** What came after the event with this key, and the key of the last that is kept; what is not kept comes each time. */
  async readAfter(key: number): Promise<Later & { readonly isKept: boolean }> {
    const unkept = [...this.#unkept];
    const read = await this.#try((database) => database.readAfter(key));
    const { events, upTo, broken } = read ?? { events: [], upTo: key, broken: 0 };
    this.#count(read && key === 0 ? broken : Math.max(broken, this.#broken));
    return { events: events.concat(unkept), upTo, broken, isKept: unkept.length === 0 && broken === 0 };
  }

  /** The last events, about so many. */
  async readLatest(count: number): Promise<readonly RecordEvent[]> {
    const unkept = [...this.#unkept];
    return [...((await this.#try((database) => database.readLatest(count))) ?? []), ...unkept];
  }

  /** What was put down, if anything; it may have come to harm since. */
  readSnapshot(): Promise<unknown> {
    return this.#try((database) => database.readSnapshot());
  }

  /** A short way that may fail: without it the state is worked out anew. */
  async putSnapshot(snapshot: Snapshot): Promise<void> {
    await this.#database?.putSnapshot(snapshot).catch(() => undefined);
  }

  /** The event with this id, if there is one. */
  async find(id: string): Promise<RecordEvent | undefined> {
    return this.#unkept.find((event) => event.id === id) ?? (await this.#try((database) => database.find(id)));
  }

  /**
   * Adds what the learner did, just now or at a time, in the place of the events with the ids of `former`, which go for good.
   * Resolves when it is kept, or can't be; then it is tried again with the next.
   */
  note(item: string, what: What, former: readonly string[] = [], at = new Date()): Promise<RecordEvent> {
    return this.keep(leave(item, what, at.getTime()), former);
  }

  /** The same for what was left before this record was at hand. */
  async keep(left: Left, former: readonly string[] = []): Promise<RecordEvent> {
    const event = makeEvent(left);
    this.#unkept = [...this.#unkept.filter(({ id }) => id !== event.id && !former.includes(id)), event];
    this.#leaving.push(...former);
    await this.#add([]);
    forget(`left:${event.id}`); // kept, or its learner reads that it is not
    this.#tell();
    return event;
  }

  /** Adds events from elsewhere that are not there yet: all of them, or none. Returns whether they are kept. */
  async take(events: readonly RecordEvent[], tell?: Tell): Promise<boolean> {
    const kept = await this.#add(events, tell);
    if (kept) this.#tell();
    return kept;
  }

  /** Takes words back: the events with these ids are there no longer, kept or not. */
  async drop(ids: readonly string[]): Promise<void> {
    this.#unkept = this.#unkept.filter(({ id }) => !ids.includes(id));
    if (ids.length > 0) await this.#try((database) => database.drop(ids));
  }

  /** Forgets everything. Returns whether nothing is kept any more. */
  async clear(): Promise<boolean> {
    [this.#unkept, this.#leaving] = [[], []];
    for (const name of listLeft()) forget(name);
    const cleared = await this.#try((database) => (database.isDamaged ? this.#remove(database) : database.clear().then(() => true)));
    if (cleared) {
      this.#report(undefined);
      for (const name of ["back", "news"]) forget(name); // who has no record is new to the home page
    }
    this.#tell();
    return cleared ?? (!this.#database && this.#trouble !== "outdated");
  }

  /** What has another form than ours can only go as a whole. */
  async #remove(database: Database): Promise<boolean> {
    database.close();
    this.#database = undefined;
    await Database.remove(CHANNEL);
    await this.#connect();
    return this.#database !== undefined;
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
      if (this.#database.isDamaged) this.#report("damaged");
    } catch (error) {
      this.#report(nameTrouble(error));
    }
  }

  /** Adds what is not kept yet, and these. */
  async #add(events: readonly RecordEvent[], tell?: Tell): Promise<boolean> {
    const [pending, leaving] = [[...this.#unkept], [...this.#leaving]];
    const kept = await this.#try((database) => database.add(pending.concat(events), tell, leaving).then(() => true));
    if (!kept) return false;
    this.#leaving = this.#leaving.filter((id) => !leaving.includes(id));
    this.#unkept = this.#unkept.filter((one) => !pending.includes(one));
    for (const { id } of pending) forget(`left:${id}`);
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

  #count(broken: number): void {
    if (broken === this.#broken) return;
    this.#broken = broken;
    this.dispatchEvent(new Event("trouble"));
  }

  #report(trouble: Trouble | undefined): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.dispatchEvent(new Event("trouble"));
  }

  #tell(): void {
    forget("due");
    this.dispatchEvent(new Event("change"));
    this.#channel?.postMessage("");
  }
}

let opened: Promise<LearnersRecord> | undefined;

/** The one record of this page. */
export function openRecord(): Promise<LearnersRecord> {
  return (opened ??= LearnersRecord.open());
}
