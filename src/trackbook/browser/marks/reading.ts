import type { Marks, Placed } from "../record/marks";

/** A mark with the note to it, "" where there is none. */
export interface Mark extends Placed {
  readonly id: string;
  readonly note: string;
}

/** Those of a lesson, or all. What came to harm in the browser is left out. */
export function listMarks({ placed, notes }: Marks, module?: string): Mark[] {
  return [...placed].flatMap(([id, mark]) => {
    if (!mark || !isPlaced(mark) || mark.module !== (module ?? mark.module)) return [];
    const note: unknown = notes.get(id)?.text;
    return [{ ...mark, id, note: typeof note === "string" ? note : "" }];
  });
}

function areTexts(value: unknown, ...names: readonly string[]): boolean {
  return names.every((name) => typeof ((value ?? {}) as Readonly<Record<string, unknown>>)[name] === "string");
}

function isPlaced({ at, what }: Placed): boolean {
  if (!areTexts(what, "mark", "title", "section", "heading") || typeof at !== "string") return false;
  if (what.is === "bookmark") return true;
  const { start, end } = what.position ?? {};
  return areTexts(what.quote, "exact", "prefix", "suffix") && Number.isFinite(start) && Number.isFinite(end);
}
