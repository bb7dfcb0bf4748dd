import { MARK_KINDS, type MarkWhat } from "./marks";

/** Another form of events gets another number, and upgrading.ts says how the older form is read. */
export const SCHEMA = 1;

/** The share of cards to remember, until a learner says another. */
export const RETENTION = 0.9;
/** What a learner may ask for instead. */
export const [LOWEST_RETENTION, HIGHEST_RETENTION] = [0.7, 0.97];

export type Grade = 1 | 2 | 3 | 4;

/** What a learner did, or said. An item is `track/module#item` or `concept#id`, a module `track/module`. */
export type What =
  | { readonly is: "answer"; readonly right: boolean }
  | { readonly is: "grade"; readonly grade: Grade }
  | { readonly is: "rate"; readonly met: number; readonly of: number }
  | { readonly is: "done" | "not-done" | "choose" | "leave" }
  | { readonly is: "place"; readonly address: string; readonly title: string }
  | { readonly is: "undo"; readonly event: string }
  | { readonly is: "retention"; readonly value: number }
  | MarkWhat;

/** One thing that happened. Events are added and never changed; `at` is a time with the learner's distance from UTC. */
export interface RecordEvent {
  readonly id: string;
  readonly schema: number;
  readonly item: string;
  readonly at: string;
  readonly what: What;
}

const WALL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/;
type Fields = Readonly<Record<string, unknown>>;
const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const always = (): boolean => true;
const KINDS: ReadonlyMap<unknown, (what: Fields) => boolean> = new Map([
  ["answer", ({ right }: Fields) => typeof right === "boolean"],
  ["grade", ({ grade }: Fields) => [1, 2, 3, 4].includes(grade as Grade)],
  ["rate", ({ met, of }: Fields) => isNumber(met) && isNumber(of)],
  ["place", ({ address, title }: Fields) => isText(address) && isText(title)],
  ["undo", ({ event }: Fields) => isText(event)],
  ["retention", ({ value }: Fields) => isNumber(value) && value >= LOWEST_RETENTION && value <= HIGHEST_RETENTION],
  ...MARK_KINDS.map((kind) => [kind, ({ mark }: Fields) => isText(mark)] as const),
  ...["done", "not-done", "choose", "leave"].map((kind) => [kind, always] as const),
]);

/** Whether what a record holds is an event: another program, or a fault, may have left anything there. */
export function isEvent(value: unknown): value is RecordEvent {
  const { id, schema, item, at, what } = (value ?? {}) as Fields;
  const isTimed = isText(at) && WALL_TIME.test(at) && !Number.isNaN(readMoment(at));
  const fields = (what ?? {}) as Fields;
  return isText(id) && schema === SCHEMA && isText(item) && isTimed && KINDS.get(fields["is"])?.(fields) === true;
}

export function makeEvent(item: string, what: What, now: Date): RecordEvent {
  return { id: crypto.randomUUID(), schema: SCHEMA, item, at: writeTime(now), what };
}

/** The clock on the learner's wall, and how far it is from UTC: `2026-11-21T09:30:00.000+01:00`. */
export function writeTime(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const wall = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) => String(part).padStart(2, "0"));
  return `${wall}${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

/** The moment, in milliseconds since 1970. */
export function readMoment(at: string): number {
  return Date.parse(at);
}

/** What the clock on the wall showed, as if it were in UTC: so its calendar days are the learner's own, with midnight where they were. */
export function readWall(at: string): Date {
  return new Date(`${at.slice(0, -6)}Z`);
}

const DAY = 86_400_000;

/** The day of a time on the wall, counted from 1970. */
export function countDay(wall: Date): number {
  return Math.floor(wall.getTime() / DAY);
}

export function countToday(now: Date): number {
  return countDay(readWall(writeTime(now)));
}
