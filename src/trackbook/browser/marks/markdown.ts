import type { Mark } from "./reading";
import { say } from "../texts";
import { sayDate } from "./saying";

/** The marks of one lesson, in their order; without an address where the course has it no longer. */
export interface Chapter {
  readonly title: string;
  readonly address: string | undefined;
  readonly marks: readonly Mark[];
}

/** All marks as a file to read, or to take to another program. */
export function writeMarkdown(chapters: readonly Chapter[]): string {
  return [`# ${say("marks.title")}`, ...chapters.flatMap(writeChapter), ""].join("\n\n").trimEnd() + "\n";
}

function writeChapter({ title, address, marks }: Chapter): string[] {
  const heading = address ? `[${escapeMarkdown(title)}](<${address}>)` : escapeMarkdown(title);
  return [`## ${heading}`, ...marks.flatMap(writeMark)];
}

function writeMark({ what, note, at }: Mark): string[] {
  const words = what.is === "highlight" ? [`> ${escapeMarkdown(what.quote.exact)}`] : [];
  const kind = what.is === "bookmark" ? `${say("marks.your_bookmark")}: ` : "";
  const place = `${kind}${[escapeMarkdown(what.heading || what.title), sayDate(at)].join(" · ")}`;
  return [...words, ...(note ? [note.trim()] : []), `*${place}*`];
}

/** What the course says is text; a learner's note may be Markdown, and stays as it was written. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~$]/g, "\\$&").replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, "$1\\$2");
}
