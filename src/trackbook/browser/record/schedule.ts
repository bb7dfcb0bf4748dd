import { createEmptyCard, fsrs, type Card, type FSRS } from "ts-fsrs";
import { countDay, type Grade } from "./event";

/** What is known of the memory of one card. Days are the learner's own, counted from 1970. */
export interface Memory {
  readonly stability: number;
  readonly difficulty: number;
  readonly first: number;
  readonly last: number;
  readonly due: number;
  readonly reps: number;
  readonly lapses: number;
}

export const RETENTION = 0.9;
export const [LOWEST_RETENTION, HIGHEST_RETENTION] = [0.7, 0.97];

/**
 * Days alone, no steps of minutes: what was missed comes back in the same sitting, and then tomorrow.
 * FSRS-6 with its published weights; ts-fsrs counts calendar days in UTC, so it gets the learner's wall clock as if it were UTC.
 */
export class Schedule {
  readonly #fsrs: FSRS;

  constructor(retention: number = RETENTION, fuzz = true) {
    this.#fsrs = fsrs({ request_retention: retention, enable_fuzz: fuzz, enable_short_term: false });
  }

  review(memory: Memory | undefined, wall: Date, grade: Grade): Memory {
    const { card } = this.#fsrs.next(memory ? restore(memory) : createEmptyCard(wall), wall, grade);
    const today = countDay(wall);
    const { stability, difficulty, reps, lapses } = card;
    return { stability, difficulty, first: memory?.first ?? today, last: today, due: countDay(card.due), reps, lapses };
  }
}

const DAY = 86_400_000;
const REVIEWED = 2;

function restore({ stability, difficulty, last, due, reps, lapses }: Memory): Card {
  const [last_review, due_date] = [new Date(last * DAY), new Date(due * DAY)];
  const spent = { elapsed_days: 0, scheduled_days: due - last, learning_steps: 0 };
  return { ...spent, stability, difficulty, reps, lapses, state: REVIEWED, due: due_date, last_review };
}
