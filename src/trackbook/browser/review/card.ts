import { makeActions, makeButton } from "../controls";
import type { Grade } from "../record/event";
import { countDay, countToday, readWall, writeTime } from "../record/wall";
import type { Memory, Schedule } from "../record/schedule";
import { root } from "../site";
import { say } from "../texts";
import type { DeckCard, Sides } from "./deck";
import { make, makeLink } from "../make";
import { GRADES, sayBack, saySeen, sayWhen } from "./saying";


export interface Shown {
  readonly card: DeckCard;
  readonly sides: Sides;
  readonly memory: Memory | undefined;
  readonly schedule: Schedule;
  /** How many other cards come before this one, if it is missed. */
  readonly apart: number;
}

/** One card: its question, then its answer and how it went. `grade` is told the learner's word. */
export class CardView {
  readonly element = make("div", "tb-review-card");
  /** Above the card: what to do before the answer is shown, then how it went the last time. */
  readonly hint = make("p", "tb-review-hint", say("review.first"));
  /** When its answer was shown. It counts as graded then: days are scattered by that moment, and so those on the buttons are true. */
  at: Date | undefined;
  readonly #signal: AbortSignal;

  constructor(
    readonly shown: Shown,
    signal: AbortSignal,
    readonly grade: (grade: Grade) => void,
  ) {
    this.#signal = signal;
    const { card, sides } = shown;
    this.element.dataset["track"] = String(card.module.number);
    const place = make("p", "tb-review-place", `${card.module.place}: `, makeLink(new URL(card.module.url, root).href, card.module.title));
    const front = make("div", "tb-front");
    front.tabIndex = -1;
    front.innerHTML = sides.front;
    this.element.append(place, front, ...this.#makeHint(sides.hint));
    this.element.append(makeActions(makeButton(say("review.show"), signal, () => this.open(), "tb-main")));
  }

  get isOpen(): boolean {
    return this.at !== undefined;
  }

  focus(): void {
    this.element.querySelector<HTMLElement>(".tb-front")?.focus();
  }

  open(): void {
    if (this.at) return;
    this.at = new Date();
    const back = make("div", "tb-back");
    back.tabIndex = -1;
    back.innerHTML = this.shown.sides.back;
    this.hint.textContent = saySeen(this.shown.memory, countToday(this.at));
    this.element.querySelector(".tb-actions")?.replaceWith(back, this.#makeGrades(this.at));
    back.focus();
  }

  #makeHint(hint: string | undefined): HTMLElement[] {
    if (!hint) return [];
    const inside = make("div");
    inside.innerHTML = hint;
    return [make("details", "tb-hint", make("summary", "", say("review.hint")), inside)];
  }

  /** Each word with its key, and when the card comes back. */
  #makeGrades(at: Date): HTMLElement {
    const { memory, schedule, apart } = this.shown;
    const wall = readWall(writeTime(at));
    const buttons = GRADES.map((name, index) => {
      const grade = (index + 1) as Grade;
      const button = makeButton("", this.#signal, () => this.grade(grade), "tb-grade");
      button.dataset["grade"] = String(grade);
      button.setAttribute("aria-keyshortcuts", String(grade));
      const wait = grade === 1 ? sayBack(apart) : sayWhen(schedule.review(memory, wall, grade).due - countDay(wall));
      button.append(make("b", "", say(`review.${name}`)), make("kbd", "", String(grade)), make("small", "", wait));
      return button;
    });
    const row = make("div", "tb-grades", ...buttons);
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", say("review.grades"));
    return row;
  }
}
