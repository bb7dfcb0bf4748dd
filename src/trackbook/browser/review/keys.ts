import type { Grade } from "../record/event";

/** What keys do while a sitting is on. */
export interface Acts {
  readonly leave: () => void;
  /** Undefined while there is no answer to show. */
  readonly open: (() => void) | undefined;
  readonly grade: (grade: Grade) => void;
  readonly undo: () => void;
}

/** What the key does, unless the learner writes somewhere, or turned single keys off. */
export function findAct({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent, acts: Acts): (() => void) | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const element = target instanceof HTMLElement ? target : document.body;
  if (element.closest("input, textarea, select, [popover], dialog")) return undefined;
  if (key === "Escape") return acts.leave;
  if (document.documentElement.dataset["keys"] === "off") return undefined;
  if (/^[1-4]$/.test(key)) return () => acts.grade(Number(key) as Grade);
  if (key === " " && !element.closest("a, button, summary")) return acts.open;
  return key === "u" ? acts.undo : undefined;
}
