import * as v from "valibot";
import { SCHEMA, type RecordEvent } from "./event";
import { LONGEST_CHOICE, LONGEST_DRAFT } from "./limits";
import { readMoment, readWall } from "./wall";
import { MARKS } from "./marks-schema";
import type { Tell } from "./database";
import { Pace } from "./pace";
import { isPrivate } from "./private";
import type { LearnersRecord } from "./record";

/** Another form of the file gets another number. The first did not say of which course it is; it is taken everywhere. */
const FORM = 2;

/** The course of a site; `was` are ids that it had before. */
export interface CourseName {
  readonly id: string;
  readonly title: string;
  readonly was: readonly string[];
}

/** What a record is exported as. */
interface RecordFile {
  readonly trackbook: "record";
  readonly schema: number;
  readonly course: { readonly id: string; readonly title: string };
  readonly events: readonly RecordEvent[];
}

/** Why a file is refused; a key below `progress.refuse_`. Nothing was changed then. */
export class Refusal extends Error {
  constructor(readonly reason: "size" | "json" | "form" | "newer" | "room" | "course", readonly values: Readonly<Record<string, string | number>> = {}) {
    super(reason);
  }
}

/** Thirty reviews a day for eighteen years; 100 000 entries have about 18 MB. */
const [MOST, LARGEST] = [200_000, 50_000_000];

const text = (longest: number): v.GenericSchema<string> => v.pipe(v.string(), v.maxLength(longest));
const Item = v.pipe(text(300), v.regex(/^([a-z0-9-]+(\/[a-z0-9-]+)*(#[a-z0-9-]+)?)?$/));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000));
const Id = v.pipe(text(64), v.regex(/^[A-Za-z0-9-]+$/));
const Address = v.pipe(text(2000), v.regex(/^([\p{L}\p{N}._~%-]+\/)*([\p{L}\p{N}._~%-]+)?(#[\p{L}\p{N}._~%-]*)?$/u));
const Key = v.pipe(text(64), v.regex(/^[a-z0-9]*$/));
const What = v.variant("is", [
  v.strictObject({ is: v.literal("answer"), right: v.boolean(), key: v.exactOptional(Key), value: v.exactOptional(text(LONGEST_CHOICE)) }),
  v.strictObject({ is: v.picklist(["choice", "ticks"]), key: Key, value: text(LONGEST_CHOICE), held: v.boolean() }),
  v.strictObject({ is: v.literal("draft"), key: Key, value: text(LONGEST_DRAFT), held: v.boolean() }),
  v.strictObject({ is: v.literal("grade"), grade: v.picklist([1, 2, 3, 4]) }),
  v.strictObject({ is: v.literal("rate"), met: Count, of: Count }),
  v.strictObject({ is: v.picklist(["done", "not-done", "choose", "leave", "afresh"]) }),
  v.strictObject({ is: v.literal("place"), address: Address, title: text(400) }),
  v.strictObject({ is: v.literal("undo"), event: Id }),
  v.strictObject({ is: v.literal("retention"), value: v.pipe(v.number(), v.minValue(0.7), v.maxValue(0.97)) }),
  ...MARKS,
]);
const WALL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-](0\d|1[0-4]):[0-5]\d$/;
const Time = v.pipe(v.string(), v.regex(WALL_TIME), v.check(isOnCalendar));
const Event = v.strictObject({ id: Id, schema: v.picklist([1, SCHEMA]), item: Item, at: Time, what: What });
const File = v.variant("schema", [
  v.strictObject({ trackbook: v.literal("record"), schema: v.literal(1), events: v.array(v.unknown()) }),
  v.strictObject({
    trackbook: v.literal("record"),
    schema: v.literal(FORM),
    course: v.strictObject({ id: text(5000), title: text(5000) }),
    events: v.array(v.unknown()),
  }),
]);

/** Whether any import would take it: an entry that can't be read would have the whole file refused. */
export function isSound(event: RecordEvent): boolean {
  return v.is(Event, event);
}

export function writeRecord(events: readonly RecordEvent[], { id, title }: CourseName): Blob {
  const file: RecordFile = { trackbook: "record", schema: FORM, course: { id, title }, events };
  return new Blob([JSON.stringify(file)], { type: "application/json" });
}

/** Throws a Refusal where a file is larger than any import would take. */
export function holdSize({ size }: Blob, events: readonly unknown[] = []): void {
  if (size > LARGEST || events.length > MOST) throw new Refusal("size");
}

/** Returns the events of a file. Throws a Refusal for any that is no record of this course. */
export async function readRecord(blob: Blob, course: CourseName, tell: Tell = () => undefined): Promise<RecordEvent[]> {
  holdSize(blob);
  return readEvents(readFile(parse(await blob.arrayBuffer()), course), new Pace(), tell);
}

/** Returns all of ours, and then those of theirs that are not among them, each once. Throws a Refusal where the same event is another there. */
export async function join(ours: readonly RecordEvent[], theirs: readonly RecordEvent[]): Promise<RecordEvent[]> {
  const pace = new Pace();
  const all = new Map(ours.map((event) => [event.id, event]));
  for (const [index, event] of theirs.entries()) {
    if (pace.isDue) await pace.rest();
    const other = all.get(event.id);
    if (other && !isSame(other, event)) throw new Refusal("form", { number: index + 1 });
    if (!other) all.set(event.id, event);
  }
  return [...all.values()];
}

/** Free text comes along where it is asked for. */
export async function exportRecord(record: LearnersRecord, course: CourseName, withPrivate: boolean): Promise<Blob> {
  return writeRecord((await record.readAll()).filter((event) => (withPrivate || !isPrivate(event)) && isSound(event)), course);
}

/** Adds what a file holds and is not here yet, and returns how much that was. Throws a Refusal, with nothing changed, for any other file. */
export async function importRecord(record: LearnersRecord, blob: Blob, course: CourseName, tell: Tell): Promise<number> {
  const events = await readRecord(blob, course, (share) => tell(share / 2));
  const here = await record.readAll();
  const fresh = (await join(here, events)).slice(new Set(here.map(({ id }) => id)).size);
  if (fresh.length > 0 && !(await record.take(fresh, (share) => tell((1 + share) / 2)))) throw new Refusal("room");
  return fresh.length;
}

/** UTF-8 and nothing else: `Blob.text()` of some browsers reads UTF-16 too. */
function parse(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal("json");
  }
}

/** What a file holds as events, where it is of this course, or does not say of which. */
function readFile(value: unknown, ours: CourseName): readonly unknown[] {
  if (isNewer(value, FORM)) throw new Refusal("newer");
  const file = v.safeParse(File, value);
  if (!file.success) throw new Refusal("json");
  if (file.output.events.length > MOST) throw new Refusal("size");
  const { course: theirs } = { course: undefined, ...file.output };
  if (theirs && theirs.id !== ours.id && !ours.was.includes(theirs.id)) throw new Refusal("course", nameBoth(theirs, ours));
  return file.output.events;
}

/** By their titles; where these are the same, with their ids. */
function nameBoth(theirs: Omit<CourseName, "was">, ours: CourseName): { theirs: string; ours: string } {
  const name = ({ id, title }: Omit<CourseName, "was">): string => (theirs.title === ours.title ? `${title} (${id})` : title || id);
  return { theirs: name(theirs), ours: name(ours) };
}

async function readEvents(values: readonly unknown[], pace: Pace, tell: Tell): Promise<RecordEvent[]> {
  const events: RecordEvent[] = [];
  for (const [index, value] of values.entries()) {
    if (pace.isDue) {
      tell(index / values.length);
      await pace.rest();
    }
    if (isNewer(value, SCHEMA)) throw new Refusal("newer");
    const read = v.safeParse(Event, value, { abortEarly: true });
    if (!read.success) throw new Refusal("form", { number: index + 1 });
    events.push(read.output);
  }
  return events;
}

/** Some browsers take the 31st of February for the 3rd of March. */
function isOnCalendar(at: string): boolean {
  const wall = readWall(at);
  return !Number.isNaN(readMoment(at)) && !Number.isNaN(wall.getTime()) && wall.toISOString().slice(0, -1) === at.slice(0, -6);
}

function isNewer(value: unknown, schema: number): boolean {
  return typeof value === "object" && value !== null && "schema" in value && typeof value.schema === "number" && value.schema > schema;
}

/** Our own export writes keys in one order; what differs in it was written by another hand. */
function isSame(one: RecordEvent, other: RecordEvent): boolean {
  return JSON.stringify(sort(one)) === JSON.stringify(sort(other));
}

function sort(event: RecordEvent): unknown {
  return [event.id, event.schema, event.item, event.at, Object.entries(event.what).sort()];
}
