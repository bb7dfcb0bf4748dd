/** What a learner does may be the last thing on a page: it lies in the browser's storage at once, until the database has it. */
import type { Told } from "./answers";
import type { What } from "./record/event";
import { forget, isApart, remember } from "./site";

type Tellings = { [Name in keyof Told]: { readonly type: Name; readonly detail: Told[Name] } };
/** What a widget told: one of the events of answers.ts. */
export type Telling = Tellings[keyof Told];
type Noted = Exclude<Telling, { readonly type: "tb-recall" }>;

/** `at` is a moment. */
export interface Left {
  readonly id: string;
  readonly at: number;
  readonly item: string;
  readonly what: What;
}

let last = 0;

/** The time, later each time: events of one millisecond have no order (replay.ts), and what is kept after an answer would go with what was there before it. */
function tick(): number {
  return (last = Math.max(Date.now(), last + 1));
}

/** A name that nothing else has. Browsers make UUIDs only on pages that came encrypted. */
export function makeId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Makes what will be an event. Own words, and what takes the place of others, lie nowhere but in the database; a place has its own way (resume.ts). */
export function leave(item: string, what: What, at = tick()): Left {
  const left = { id: makeId(), at, item, what };
  if (isApart || "mark" in what || "held" in what || what.is === "place") return left;
  remember(`left:${left.id}`, left);
  forget("due");
  return left;
}

/** The same of what a widget told; undefined where it only asks. */
export function leaveTold(telling: Telling): Left | undefined {
  return telling.type === "tb-recall" ? undefined : leave(telling.detail.item, nameWhat(telling));
}

function nameWhat({ type, detail }: Noted): What {
  if (type === "tb-grade") return { is: "grade", grade: detail.grade };
  if (type === "tb-rate") return { is: "rate", met: detail.met, of: detail.of };
  if (type === "tb-afresh") return { is: "afresh" };
  if (type === "tb-keep") return { is: detail.is, key: detail.key, value: detail.value, held: detail.held };
  const { right, key, value } = detail;
  return key === undefined || value === undefined ? { is: "answer", right } : { is: "answer", right, key, value };
}
