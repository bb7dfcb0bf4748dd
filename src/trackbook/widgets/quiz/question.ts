import { say } from "../../browser/texts";

/** What came of an answer: one sentence, and why. */
export interface Verdict {
  readonly right: boolean;
  readonly says: string;
  readonly why: readonly (Element | null)[];
}

/** What a kind of question does; the element around it has the button and the status. */
export interface Question {
  /** Marks the answer. A sentence instead of a verdict says what is missing before it can be judged. */
  judge(): Verdict | string;
  /** Takes back all marks. */
  clear(): void;
  /** Makes ready for another try, and puts the focus where it begins. */
  restart(): void;
  /** The answer as it stands, in a few signs; "" for none. */
  read(): string;
  /** Puts in an answer that `read` gave; "" takes out what is there. */
  fill(value: string): void;
}

/** What a question asks of its element: `changed` when the answer is another one, with what is to be said of that. */
export interface Place {
  readonly element: HTMLElement;
  readonly fieldset: HTMLFieldSetElement;
  readonly signal: AbortSignal;
  changed(says?: string): void;
}

/** A box with a verdict, by word, sign and line, and copies of what the fallback says elsewhere. */
export function makeFeedback({ right, says, why }: Verdict): HTMLDivElement {
  const feedback = document.createElement("div");
  feedback.className = "tb-feedback";
  feedback.dataset["right"] = String(right);
  const verdict = document.createElement("span");
  verdict.className = "tb-verdict";
  verdict.textContent = says;
  feedback.append(verdict);
  for (const part of why) {
    const copy = part?.cloneNode(true);
    if (!(copy instanceof Element)) continue;
    copy.removeAttribute("class"); // it is one sentence with the verdict
    feedback.append(" ", copy);
  }
  return feedback;
}

export function sayRight(right: boolean): string {
  return say(right ? "quiz.mark_right" : "quiz.mark_wrong");
}

/** Marks a row of several as right or not, and its control where it has one. */
export function mark(row: Element, right: boolean, control?: HTMLElement, why: Verdict["why"] = []): void {
  const feedback = makeFeedback({ right, says: sayRight(right), why });
  feedback.classList.add("tb-mark");
  row.append(feedback);
  if (!control) return;
  feedback.id = `${control.getAttribute("name")}-${control.getAttribute("value") ?? ""}-mark`;
  control.setAttribute("aria-describedby", feedback.id);
}

/** The reason, of a question whose reason is one for the whole of it. */
export function findWhy({ element }: Place): Element | null {
  return element.querySelector(".tb-answer > .tb-why");
}

export function clearMarks({ fieldset }: Place): void {
  for (const feedback of fieldset.querySelectorAll(".tb-feedback")) feedback.remove();
  for (const control of fieldset.querySelectorAll("[aria-describedby]")) control.removeAttribute("aria-describedby");
}
