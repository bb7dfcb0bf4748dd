/** Highlights, bookmarks and notes of the learner's own, as events of the record. A mark has an id, which all events that are about it name. */
import type { RecordEvent } from "./event";

/** Words by themselves and by what stands around them: the text quote selector of https://www.w3.org/TR/annotation-model/#text-quote-selector. */
export interface Quote {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** Where words stand in the text of a page: the text position selector of https://www.w3.org/TR/annotation-model/#text-position-selector. */
export interface Position {
  readonly start: number;
  readonly end: number;
}

/** A section by the id of its heading, "" for what stands before the first; `title` is the lesson's, `heading` the section's as it was. */
interface Section {
  readonly mark: string;
  readonly title: string;
  readonly section: string;
  readonly heading: string;
}

export interface Highlight extends Section {
  readonly is: "highlight";
  readonly quote: Quote;
  readonly position: Position;
}

export interface Bookmark extends Section {
  readonly is: "bookmark";
}

/** Free text: `private`, so it is left out of an export unless its learner asks for it there. */
export interface Note {
  readonly is: "note";
  readonly mark: string;
  readonly text: string;
  readonly private: true;
}

export interface Removal {
  readonly is: "remove";
  readonly mark: string;
}

export type MarkWhat = Highlight | Bookmark | Note | Removal;

/** The kinds of events that are about a mark. What else one holds is looked at where it is shown (`marks/reading.ts`). */
export const MARK_KINDS = ["highlight", "bookmark", "note", "remove"] as const;

export interface Placed {
  /** `track/module`, by its name of today. */
  readonly module: string;
  /** When it was made. */
  readonly at: string;
  readonly what: Highlight | Bookmark;
}

interface Noted {
  readonly text: string;
  /** The ids of all events that wrote it, the last one included. */
  readonly events: readonly string[];
}

/** All marks of a record by their ids. Those that were removed, here null, never come back. */
export interface Marks {
  readonly placed: Map<string, Placed | null>;
  readonly notes: Map<string, Noted>;
}

export const noMarks = (): Marks => ({ placed: new Map(), notes: new Map() });

/** Takes in an event, if it is about a mark; `module` is its item by the name of today. */
export function foldMark({ placed, notes }: Marks, { id, at, what }: RecordEvent, module: string): void {
  if (!("mark" in what) || placed.get(what.mark) === null) return;
  const { mark } = what;
  if (what.is === "note") notes.set(mark, { text: what.text, events: [...(notes.get(mark)?.events ?? []), id] });
  else if (what.is === "remove") {
    placed.set(mark, null);
    notes.delete(mark);
  } else placed.set(mark, { module, at: placed.get(mark)?.at ?? at, what });
}

/** Whether what a snapshot holds has their form. */
export function areMarks(value: unknown): boolean {
  const { placed, notes } = (value ?? {}) as Partial<Marks>;
  return placed instanceof Map && notes instanceof Map;
}

/** Whether there are some in the lesson that is open. */
export function areHere({ placed }: Marks): boolean {
  const here = document.querySelector<HTMLElement>("tb-done")?.dataset["module"];
  return [...placed.values()].some((mark) => mark?.module === here);
}
