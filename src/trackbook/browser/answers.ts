/** What widgets tell the page that holds them, as events that bubble. `item` is `track/module#id`, as in the learner's record. */

/** `tb-answer`: a question was answered; `right` when all of it was right. */
export interface Answer {
  readonly item: string;
  readonly right: boolean;
}

/** `tb-grade`: a flashcard was answered from memory; 1 is "not yet", 3 "knew it". */
export interface Grade {
  readonly item: string;
  readonly grade: 1 | 3;
}

/** `tb-rate`: a learner compared an own answer with the model's and met so many of its criteria. */
export interface Rating {
  readonly item: string;
  readonly met: number;
  readonly of: number;
}

interface Told {
  "tb-answer": Answer;
  "tb-grade": Grade;
  "tb-rate": Rating;
}

export function tell<Name extends keyof Told>(from: Element, name: Name, detail: Told[Name]): void {
  from.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

declare global {
  interface DocumentEventMap {
    "tb-answer": CustomEvent<Answer>;
    "tb-grade": CustomEvent<Grade>;
    "tb-rate": CustomEvent<Rating>;
  }
}
