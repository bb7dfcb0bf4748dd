import { HIGHEST_RETENTION, LOWEST_RETENTION } from "./event";
import { FORM } from "./form";
import { areMarks } from "./marks";
import type { State } from "./replay";

/** What was worked out before, up to the event with the key `upTo`; a short way to the same state, which any replay would give as well. */
export interface Snapshot {
  readonly form: number;
  readonly mark: string;
  readonly upTo: number;
  readonly state: State;
}

/** No day, and no number of days, is as large; a date of JavaScript could not hold it. */
const LARGEST = 50_000_000;
const MEMORY = ["stability", "difficulty", "first", "last", "due", "reps", "lapses", "grade"];

/** Whether what the browser kept is a snapshot of this form and mark, in order: any other is worked out anew. */
export function isSnapshot(value: unknown, mark: string): value is Snapshot {
  const { form, mark: itsMark, upTo, state } = (value ?? {}) as Partial<Snapshot>;
  return form === FORM && itsMark === mark && isNumber(upTo) && isState(state ?? {});
}

function isState({ memories, answers, kept, done, chosen, retention, place, places, latest, waiting, marks }: Partial<State>): boolean {
  const areNames = chosen instanceof Set && [...chosen].every(isText);
  const isDone = done instanceof Map && [...done].every(([name, moment]) => isText(name) && isNumber(moment));
  const isFound = places instanceof Map && [...places].flat().every(isText);
  const isAnswered = answers instanceof Map && [...answers].every(([name, answer]) => isText(name) && isAnswer(answer));
  const isKept = kept instanceof Map && [...kept].every((entry) => entry.every(isText));
  const isRemembered = memories instanceof Map && [...memories].every(([name, memory]) => isText(name) && isMemory(memory));
  const isAsked = isNumber(retention) && retention >= LOWEST_RETENTION && retention <= HIGHEST_RETENTION;
  const isPlaced = place === undefined || (isText(place?.address) && isText(place.title));
  const isWhole = areNames && isDone && isAnswered && isKept && isRemembered && isAsked && isPlaced && isFound;
  return isWhole && isNumber(latest) && isNumber(waiting) && areMarks(marks);
}

function isMemory(memory: unknown): boolean {
  const fields = (memory ?? {}) as Readonly<Record<string, unknown>>;
  return MEMORY.every((name) => isNumber(fields[name]) && Math.abs(fields[name]) < LARGEST) && [1, 2, 3, 4].includes(fields["grade"] as number);
}

function isAnswer(answer: unknown): boolean {
  const { right, first, key, value, at } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  return typeof right === "boolean" && (first === undefined || typeof first === "boolean") && isText(key) && isText(value) && isNumber(at);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
