import { tell, type Answer } from "./answers";
import { copyAsk, reopen, sayAnswer, whenUnseen } from "./asked";
import { makeActions, makeButton, makeStatus } from "./controls";
import { defineElement } from "./element";
import { make, makeLink } from "./make";
import type { Answered } from "./record/replay";
import { readState } from "./record/state";
import { say } from "./texts";

interface Question {
  readonly number: number;
  readonly quiz: HTMLElement;
  /** In the row of all. It knows where the lesson is about the same. */
  readonly link: HTMLAnchorElement;
  /** Room for a verdict beside the question's number. */
  readonly verdict: Element | null;
}

/** The questions of a page: what is answered of them, in their row and beside each, and once all are, what came of it, below the last. */
class Practice {
  readonly #signal: AbortSignal;
  readonly #count: Element | null;
  readonly #none: string;
  readonly #questions: readonly Question[];
  readonly #answers = new Map<Element, Answered>();
  readonly #status = makeStatus();
  #summary: HTMLElement | undefined;

  constructor(element: HTMLElement, signal: AbortSignal) {
    this.#signal = signal;
    this.#count = element.querySelector(":scope > p");
    this.#none = this.#count?.textContent ?? "";
    this.#questions = [...element.querySelectorAll("a")].flatMap((link, at) => {
      const widget = document.getElementById(link.hash.slice(1));
      const quiz = widget?.querySelector<HTMLElement>("tb-quiz");
      return quiz ? [{ number: at + 1, quiz, link, verdict: document.querySelector(`.tb-nth[data-of="${widget?.id}"] .tb-verdict`) }] : [];
    });
    this.#status.classList.add("tb-unseen");
    this.#questions.at(-1)?.quiz.closest(".tb-widget")?.after(this.#status);
  }

  hear({ target, detail }: CustomEvent<Answer>): void {
    const question = this.#questions.find(({ quiz }) => quiz === target);
    if (!question) return;
    const { right, key = "", value = "" } = detail;
    this.#answers.set(question.quiz, { right, first: this.#answers.get(question.quiz)?.first ?? right, key, value, at: 0 });
    this.#show(question);
    if (!this.#isWhole) return;
    this.#summarize();
    this.#status.textContent = say("practice.all", { right: this.#countFirst(), total: this.#questions.length });
  }

  /** What was answered before, in the same words of the question; records of the first form did not say in which. */
  take(answers: ReadonlyMap<string, Answered>): void {
    for (const question of this.#questions) {
      const { item = "", key } = question.quiz.dataset;
      const before = answers.get(item);
      if (before?.first === undefined || (before.key !== "" && before.key !== key)) continue;
      const now = this.#answers.get(question.quiz);
      this.#answers.set(question.quiz, now ? { ...now, first: before.first } : before);
      this.#show(question);
    }
    if (this.#isWhole && !this.#summary) whenUnseen(this.#status, () => this.#isWhole && this.#summarize());
  }

  get #isWhole(): boolean {
    return this.#answers.size === this.#questions.length;
  }

  #countFirst(): number {
    return [...this.#answers.values()].filter(({ first }) => first).length;
  }

  #show({ number, quiz, link, verdict }: Question): void {
    const answer = this.#answers.get(quiz);
    const state = answer?.right ? "right" : "wrong";
    if (answer) link.setAttribute("aria-label", say(`practice.is_${state}`, { number }));
    else link.removeAttribute("aria-label");
    for (const part of [link.parentElement, verdict]) {
      if (answer) part?.setAttribute("data-right", String(answer.right));
      else part?.removeAttribute("data-right");
    }
    if (verdict) verdict.textContent = answer ? say(`practice.${state}`) : "";
    const [done, right] = [this.#answers.size, [...this.#answers.values()].filter((one) => one.right).length];
    if (this.#count) this.#count.textContent = done > 0 ? say("practice.answered", { done, total: this.#questions.length, right }) : this.#none;
  }

  #summarize(): void {
    const missed = this.#questions.filter(({ quiz }) => !this.#answers.get(quiz)?.right);
    const total = this.#questions.length;
    const title = make("h2", "", say("practice.first", { right: this.#countFirst(), total }));
    title.id = "tb-summary";
    const note = make("p", "tb-note", missed.length > 0 ? say("practice.stay", { count: missed.length }) : say("practice.nothing"));
    const again = missed.length > 0 ? [makeButton(say("quiz.missed.again", { count: missed.length }), this.#signal, () => reopen(missed.map(({ quiz }) => quiz)), "tb-main")] : [];
    const afresh = makeButton(say("practice.afresh", { count: total }), this.#signal, () => this.#begin(), "tb-quiet");
    const summary = make("section", "tb-missed tb-summary", title, note, make("ul", "", ...missed.map((one) => this.#makeRow(one))), makeActions(...again, afresh));
    summary.setAttribute("aria-labelledby", title.id);
    if (this.#summary) this.#summary.replaceWith(summary);
    else this.#status.after(summary);
    this.#summary = summary;
  }

  #makeRow({ number, quiz, link }: Question): HTMLElement {
    const way = makeLink(link.hash, "");
    way.append(`${number} · `, ...copyAsk(quiz));
    const { place, title = "" } = link.dataset;
    const answer = this.#answers.get(quiz);
    const said = answer ? sayAnswer(quiz, answer) : "";
    return make("li", "", way, make("p", "tb-note", said && place ? `${said} · ` : said, ...(place ? [makeLink(place, say("practice.place", { title }))] : [])));
  }

  /** All of them once more: what was missed stays missed until it is right. */
  #begin(): void {
    this.#answers.clear();
    this.#summary?.remove();
    this.#summary = undefined;
    this.#status.textContent = "";
    for (const question of this.#questions) {
      tell(question.quiz, "tb-afresh", { item: question.quiz.dataset["item"] ?? "" });
      this.#show(question);
    }
    reopen(this.#questions.map(({ quiz }) => quiz));
  }
}

defineElement("tb-practice", async (element, signal) => {
  const practice = new Practice(element, signal);
  document.addEventListener("tb-answer", (event) => practice.hear(event), { signal });
  practice.take((await readState()).answers);
  return true;
});
