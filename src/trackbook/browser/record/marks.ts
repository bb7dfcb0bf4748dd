/** Highlights, bookmarks and notes of the learner's own, as events of the record. A mark has an id, which all events that are about it name. */
import type { RecordEvent } from "./event";

/** Limits of what a mark holds, in signs. */
export const [LONGEST_QUOTE, LONGEST_NOTE, LONGEST_CONTEXT, LONGEST_NAME] = [2000, 5000, 64, 400];

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

type Fields = Readonly<Record<string, unknown>>;
const isText = (value: unknown): value is string => typeof value === "string";
const areTexts = (fields: unknown, ...names: readonly string[]): boolean => names.every((name) => isText(((fields ?? {}) as Fields)[name]));
const isSection = (what: Fields): boolean => areTexts(what, "mark", "title", "section", "heading");
const isSpan = (value: unknown): boolean => ["start", "end"].every((name) => Number.isFinite(((value ?? {}) as Fields)[name]));
const isHighlight = (what: Fields): boolean => isSection(what) && areTexts(what["quote"], "exact", "prefix", "suffix") && isSpan(what["position"]);

/** Whether what claims to be of a kind is. */
export const MARK_KINDS: readonly (readonly [string, (what: Fields) => boolean])[] = [
  ["highlight", isHighlight],
  ["bookmark", isSection],
  ["note", (what) => areTexts(what, "mark", "text") && what["private"] === true],
  ["remove", (what) => areTexts(what, "mark")],
];

interface Placed {
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

/** All marks of a record; those that were removed never come back. */
export interface Marks {
  readonly placed: Map<string, Placed>;
  readonly notes: Map<string, Noted>;
  readonly removed: Set<string>;
}

export const noMarks = (): Marks => ({ placed: new Map(), notes: new Map(), removed: new Set() });

/** Takes in an event, if it is about a mark; `module` is its item by the name of today. */
export function foldMark({ placed, notes, removed }: Marks, { id, at, what }: RecordEvent, module: string): void {
  if (what.is === "remove") {
    removed.add(what.mark);
    placed.delete(what.mark);
    notes.delete(what.mark);
  } else if (what.is === "note") {
    if (!removed.has(what.mark)) notes.set(what.mark, { text: what.text, events: [...(notes.get(what.mark)?.events ?? []), id] });
  } else if ((what.is === "highlight" || what.is === "bookmark") && !removed.has(what.mark)) {
    placed.set(what.mark, { module, at: placed.get(what.mark)?.at ?? at, what });
  }
}

/** A mark with the note to it, "" where there is none. */
export interface Mark extends Placed {
  readonly id: string;
  readonly note: string;
}

export function listMarks({ placed, notes }: Marks, module?: string): Mark[] {
  const here = [...placed].filter(([, mark]) => module === undefined || mark.module === module);
  return here.map(([id, mark]) => ({ ...mark, id, note: notes.get(id)?.text ?? "" }));
}

/** Whether what a snapshot holds is in order. */
export function areMarks(value: unknown): boolean {
  const { placed, notes, removed } = (value ?? {}) as Partial<Marks>;
  if (!(placed instanceof Map && notes instanceof Map && removed instanceof Set)) return false;
  const arePlaced = [...placed].every(([id, mark]) => isText(id) && areTexts(mark, "module", "at") && isPlace((mark as Placed).what));
  const areNotes = [...notes].every(([id, note]) => isText(id) && areTexts(note, "text") && Array.isArray((note as Noted).events) && (note as Noted).events.every(isText));
  return arePlaced && areNotes && [...removed].every(isText);
}

function isPlace(what: unknown): boolean {
  const fields = (what ?? {}) as Fields;
  return fields["is"] === "bookmark" ? isSection(fields) : fields["is"] === "highlight" && isHighlight(fields);
}

/** Whether there are some in the lesson that is open. */
export function areHere({ placed }: Marks): boolean {
  const here = document.querySelector<HTMLElement>("tb-done")?.dataset["module"];
  return [...placed.values()].some(({ module }) => module === here);
}
