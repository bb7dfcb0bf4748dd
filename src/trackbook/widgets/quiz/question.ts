import { say } from "../../browser/texts";

/** What came of an answer: `says` is for the status, `whole` when no reason is left to show. */
export interface Verdict {
  readonly right: boolean;
  readonly says: string;
  readonly whole: boolean;
}

/** What a kind of question does; the element around it has the buttons and the status. */
export interface Question {
  /** Marks the answer. A sentence instead of a verdict says what is missing before it can be judged. */
  judge(): Verdict | string;
  /** Takes back all marks. */
  clear(): void;
  /** Makes ready for another try, and puts the focus where it begins. */
  restart(): void;
  /** Shows all reasons, or the answer, and returns what is to be said of it. */
  reveal(): string;
  readonly revealLabel: string;
}

/** What a question asks of its element: `changed` when the answer is another one, with what is to be said of that. */
export interface Place {
  readonly element: HTMLElement;
  readonly fieldset: HTMLFieldSetElement;
  readonly signal: AbortSignal;
  changed(says?: string): void;
}

/** The answer that the fallback keeps behind its summary, shown and hidden again. It says the reason itself. */
export function answerOf({ element, fieldset, signal }: Place): Pick<Question, "reveal" | "revealLabel"> & { hide(): void } {
  const details = element.querySelector<HTMLDetailsElement>(".tb-answer");
  const hide = (): void => {
    delete element.dataset["shown"];
    if (details) details.open = false;
  };
  const reveal = (): string => {
    element.dataset["shown"] = "";
    if (details) details.open = true;
    for (const feedback of fieldset.querySelectorAll(":scope > .tb-feedback")) feedback.remove();
    return say("quiz.answer_shown");
  };
  signal.addEventListener("abort", hide);
  return { hide, reveal, revealLabel: say("quiz.show_answer") };
}

/** A box with copies of what the fallback says elsewhere. */
export function makeFeedback(right: boolean, ...parts: readonly (Node | string | null)[]): HTMLDivElement {
  const feedback = document.createElement("div");
  feedback.className = "tb-feedback";
  feedback.dataset["right"] = String(right);
  for (const part of parts) if (part) feedback.append(typeof part === "string" ? part : part.cloneNode(true), " ");
  return feedback;
}

export function makeVerdict(right: boolean): HTMLSpanElement {
  const verdict = document.createElement("span");
  verdict.className = "tb-verdict";
  verdict.dataset["right"] = String(right);
  verdict.textContent = say(right ? "quiz.mark_right" : "quiz.mark_wrong");
  return verdict;
}

/** Marks a row of several as right or not, and its control where it has one. */
export function mark(row: Element, right: boolean, control?: HTMLSelectElement): void {
  const feedback = makeFeedback(right, makeVerdict(right));
  feedback.classList.add("tb-mark");
  row.append(feedback);
  if (!control) return;
  feedback.id = `${control.name}-mark`;
  control.setAttribute("aria-describedby", feedback.id);
}

/** Says why, below a question whose reason is one for the whole of it. */
export function explain({ element, fieldset }: Place, right: boolean): void {
  fieldset.append(makeFeedback(right, element.querySelector(".tb-answer > .tb-why")));
}

export function clearFeedback({ fieldset }: Place): void {
  for (const feedback of fieldset.querySelectorAll(".tb-feedback")) feedback.remove();
}
