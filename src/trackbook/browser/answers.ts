/** What widgets tell the page that holds them, as events that bubble. `item` is `track/module#id`, as in the learner's record. */

/** `tb-answer`: a question was answered; `right` when all of it was right. `value` is the answer, where it can be put in again. */
export interface Answer {
  readonly item: string;
  readonly right: boolean;
  readonly key?: string;
  readonly value?: string;
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

/** An item, and the key of what it asks: another wording has another key. */
export interface Named {
  readonly item: string;
  readonly key: string;
}

/** What can stand in a question, and beside it: a choice, own words, which are private, or criteria that are ticked. */
export type KindOfKept = "choice" | "draft" | "ticks";

/** `tb-keep`: what stands in a question that was not judged. An empty value takes out what was there. `told` hears whether it is kept. */
export interface Keeping extends Named {
  readonly is: KindOfKept;
  readonly value: string;
  readonly held: boolean;
  told?(isKept: boolean): void;
}

/** `tb-afresh`: a question is to be answered as if it never was. */
export type Afresh = Pick<Named, "item">;

/** What stood in a question before, and since when; `held` where its learner stands by it, `isJudged` where it was checked, `isSame` unless the question was another. */
export interface Former {
  readonly value: string;
  readonly at: number;
  readonly held: boolean;
  readonly isJudged: boolean;
  readonly isSame: boolean;
}

/** `tb-recall`: asks for what stood there before, or for what was ticked. Where no record is kept, nobody answers. */
export interface Recall extends Named {
  readonly of?: "ticks";
  take(former: Former | undefined): void;
}

export interface Told {
  "tb-answer": Answer;
  "tb-grade": Grade;
  "tb-rate": Rating;
  "tb-keep": Keeping;
  "tb-afresh": Afresh;
  "tb-recall": Recall;
}

export function tell<Name extends keyof Told>(from: Element, name: Name, detail: Told[Name]): void {
  from.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

declare global {
  interface DocumentEventMap {
    "tb-answer": CustomEvent<Answer>;
  }
}
