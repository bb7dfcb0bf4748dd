import type { Mark } from "./reading";
import { say } from "../texts";
import { sayWords } from "./saying";

export function sayKind({ what, note }: Mark): string {
  return say(note ? "marks.your_note" : `marks.your_${what.is}`);
}

/** The words of a highlight, the heading of a bookmark's section. */
export function sayPlace({ what }: Mark): string {
  return what.is === "highlight" ? sayWords(what.quote.exact) : what.heading || what.title;
}
