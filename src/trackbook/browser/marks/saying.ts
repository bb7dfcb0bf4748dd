import { readWall } from "../record/wall";
import { say } from "../texts";

/** The day of a mark, such as "2 November", by the clock of its time. */
export function sayDate(at: string): string {
  return new Intl.DateTimeFormat(document.documentElement.lang || "en", { day: "numeric", month: "long", timeZone: "UTC" }).format(readWall(at));
}

const LONGEST = 60;

/** The beginning of a text, in quotation marks. */
export function sayWords(text: string): string {
  const words = text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")} …` : text;
  return say("marks.quoted", { words });
}
