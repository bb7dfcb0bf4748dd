import type { Left } from "../leaving";
import { LONGEST_CHOICE, LONGEST_DRAFT } from "./limits";
import { MARK_KINDS, type MarkWhat } from "./marks";
import { readMoment, writeTime } from "./wall";

/** Another form of events gets another number. Those that hold what was answered or marked came with the second; all others are of the first still. */
export const SCHEMA = 2;

/** The share of cards to remember, until a learner says another. */
export const RETENTION = 0.9;
/** What a learner may ask for instead. */
export const [LOWEST_RETENTION, HIGHEST_RETENTION] = [0.7, 0.97];

export type Grade = 1 | 2 | 3 | 4;

/** What a learner did, or said. An item is `track/module#item` or `concept#id`, a module `track/module`. */
export type What =
  | { readonly is: "answer"; readonly right: boolean; readonly key?: string; readonly value?: string }
  | Kept
  | { readonly is: "grade"; readonly grade: Grade }
  | { readonly is: "rate"; readonly met: number; readonly of: number }
  | { readonly is: "done" | "not-done" | "choose" | "leave" | "afresh" }
  | { readonly is: "place"; readonly address: string; readonly title: string }
  | { readonly is: "undo"; readonly event: string }
  | { readonly is: "retention"; readonly value: number }
  | MarkWhat;

/**
 * What stands in a question that was not judged: a choice, or own words, which are private; or which criteria are ticked beside it.
 * `key` names the wording of the question; `held` is what its learner committed to. Where it changes, the next takes its place;
 * where it was taken out, its value is empty.
 */
export interface Kept {
  readonly is: "choice" | "draft" | "ticks";
  readonly key: string;
  readonly value: string;
  readonly held: boolean;
}

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
const isShort = (value: unknown, longest: number): boolean => isText(value) && value.length <= longest;
const isKept = ({ key, value, held }: Fields, longest: number): boolean => isShort(key, 64) && isShort(value, longest) && typeof held === "boolean";
const isAbsent = (value: unknown): boolean => value === undefined;
const always = (): boolean => true;
const KINDS: ReadonlyMap<unknown, (what: Fields) => boolean> = new Map([
  [
    "answer",
    ({ right, key, value }: Fields) => typeof right === "boolean" && ((isAbsent(key) && isAbsent(value)) || isKept({ key, value, held: true }, LONGEST_CHOICE)),
  ],
  ...["choice", "ticks"].map((kind) => [kind, (what: Fields) => isKept(what, LONGEST_CHOICE)] as const),
  ["draft", (what: Fields) => isKept(what, LONGEST_DRAFT)],
  ["grade", ({ grade }: Fields) => [1, 2, 3, 4].includes(grade as Grade)],
  ["rate", ({ met, of }: Fields) => isNumber(met) && isNumber(of)],
  ["place", ({ address, title }: Fields) => isText(address) && isText(title)],
  ["undo", ({ event }: Fields) => isText(event)],
  ["retention", ({ value }: Fields) => isNumber(value) && value >= LOWEST_RETENTION && value <= HIGHEST_RETENTION],
  ...MARK_KINDS.map((kind) => [kind, ({ mark }: Fields) => isText(mark)] as const),
  ...["done", "not-done", "choose", "leave", "afresh"].map((kind) => [kind, always] as const),
]);

/** Whether what a record holds is an event: another program, or a fault, may have left anything there. */
export function isEvent(value: unknown): value is RecordEvent {
  const { id, schema, item, at, what } = (value ?? {}) as Fields;
  const isTimed = isText(at) && WALL_TIME.test(at) && !Number.isNaN(readMoment(at));
  const fields = (what ?? {}) as Fields;
  return isText(id) && (schema === 1 || schema === SCHEMA) && isText(item) && isTimed && KINDS.get(fields["is"])?.(fields) === true;
}

export function makeEvent({ id, item, what, at }: Left): RecordEvent {
  return { id, schema: "key" in what || "mark" in what || what.is === "afresh" ? SCHEMA : 1, item, at: writeTime(new Date(at)), what };
}
