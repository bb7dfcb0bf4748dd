import { createEmptyCard, fsrs, type Card, type FSRS } from "ts-fsrs";
import { RETENTION, type Grade } from "./event";
import { countDay } from "./wall";

/** What is known of the memory of one card. Days are the learner's own, counted from 1970. */
export interface Memory {
  readonly stability: number;
  readonly difficulty: number;
  readonly first: number;
  readonly last: number;
  readonly due: number;
  readonly reps: number;
  readonly lapses: number;
  /** The last grade that counted. */
  readonly grade: Grade;
}

/**
 * Days alone, no steps of minutes: of several grades on one day the first counts, and a miss after a success.
 * A day before the last one, as after a flight to the west, counts as that last one.
 * FSRS-6 with its published weights; ts-fsrs counts calendar days in UTC, so it gets the learner's wall clock as if it were UTC.
 */
export class Schedule {
  readonly #fsrs: FSRS;

  constructor(retention: number = RETENTION, fuzz = true) {
    this.#fsrs = fsrs({ request_retention: retention, enable_fuzz: fuzz, enable_short_term: false });
  }

  review(memory: Memory | undefined, wall: Date, grade: Grade): Memory {
    const today = Math.max(countDay(wall), memory?.last ?? -Infinity);
    if (memory?.last === today && (grade > 1 || memory.grade === 1)) return memory;
    const when = countDay(wall) < today ? new Date(today * DAY) : wall;
    const { card } = this.#fsrs.next(memory ? restore(memory) : createEmptyCard(when), when, grade);
    const { stability, difficulty, reps, lapses } = card;
    return { stability, difficulty, first: memory?.first ?? today, last: today, due: countDay(card.due), reps, lapses, grade };
  }
}

const DAY = 86_400_000;
const REVIEWED = 2;

function restore({ stability, difficulty, last, due, reps, lapses }: Memory): Card {
  const [last_review, due_date] = [new Date(last * DAY), new Date(due * DAY)];
  const spent = { elapsed_days: 0, scheduled_days: due - last, learning_steps: 0 };
  return { ...spent, stability, difficulty, reps, lapses, state: REVIEWED, due: due_date, last_review };
}
