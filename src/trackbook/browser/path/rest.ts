import type { Seen } from "../glimpse";
import { say } from "../texts";
import { chooseLesson } from "./onward";
import { findStand, readPage, type Stand } from "./place";

/** A written lesson, as the list on a page of its track has it. */
export interface Lesson {
  readonly key: string;
  readonly address: string;
  readonly reading: number;
  readonly practice: number;
}

/** What is left of a track: the lesson to go on with, where one was in it, and the minutes of all that is open. */
export interface Rest<Found> {
  readonly lesson: Found | undefined;
  readonly place: string | undefined;
  readonly stand: Stand | undefined;
  readonly minutes: number;
}

/** The minutes of a lesson and of its practice, as a list bears them. */
export function readMinutes({ dataset }: HTMLElement): Pick<Lesson, "reading" | "practice"> {
  const [reading = 0, practice = 0] = (dataset["minutes"] ?? "").split(" ").map(Number);
  return { reading, practice };
}

/** What was read of the lesson to go on with is not left any more; nothing else is guessed. */
export async function findRest<Found extends Lesson>(lessons: readonly Found[], state: Seen): Promise<Rest<Found>> {
  const open = lessons.filter(({ key }) => !state.done.has(key));
  const lesson = chooseLesson(lessons, state);
  const found = lesson && state.places.get(lesson.key);
  const page = found ? await readPage(lesson.address) : undefined;
  const stand = found ? findStand(page, found, lesson.reading) : undefined;
  const read = lesson && stand ? lesson.reading - stand.left : 0;
  const minutes = open.reduce((sum, { reading, practice }) => sum + reading + practice, -read);
  // A section that is gone leads to the lesson's beginning.
  return { lesson, place: page && !stand ? "" : found, stand, minutes };
}

/** "1 h 35 min", in the words of an element. */
export function sayMinutes(minutes: number, words: "onward" | "progress"): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? say(`${words}.hours`, { hours }) : "", rest > 0 || hours === 0 ? say(`${words}.minutes`, { minutes: rest }) : ""].filter(Boolean).join(" ");
}
