import { tell } from "../../browser/answers";
import { say } from "../../browser/texts";
import { readChoices, readPick } from "./choices";
import { readMatch } from "./match";
import { readNumber } from "./number";
import { readOrder } from "./order";
import { makeButton, type Place, type Question } from "./question";

const KINDS: Readonly<Record<string, (place: Place) => Question | undefined>> = {
  choices: readChoices,
  order: readOrder,
  match: readMatch,
  number: readNumber,
  pick: readPick,
};

/** Checks an answer and says why, with the reasons that the fallback keeps behind "Answer". */
class Quiz extends HTMLElement {
  #bound: AbortController | undefined;

  connectedCallback(): void {
    const fieldset = this.querySelector("fieldset");
    if (!fieldset) return;
    this.#bound = new AbortController();
    const { signal } = this.#bound;

    const status = document.createElement("p");
    status.className = "tb-status";
    status.setAttribute("role", "status");
    const changed = (says = ""): void => {
      question?.clear();
      again.hidden = reveal.hidden = true;
      status.textContent = says;
    };
    const question = KINDS[this.dataset["kind"] ?? ""]?.({ element: this, fieldset, signal, changed });
    if (!question) return;

    const check = makeButton(say("quiz.check"), "tb-main");
    const again = makeButton(say("quiz.again"));
    const reveal = makeButton(question.revealLabel);
    const actions = document.createElement("div");
    actions.className = "tb-actions";
    actions.append(check, again, reveal);
    fieldset.after(actions, status);

    const answer = (): void => {
      changed();
      const verdict = question.judge();
      status.textContent = typeof verdict === "string" ? verdict : verdict.says;
      if (typeof verdict === "string") return;
      const { right, whole } = verdict;
      again.hidden = right;
      reveal.hidden = whole;
      tell(this, "tb-answer", { item: this.dataset["item"] ?? "", right });
    };
    const on = (target: EventTarget, type: string, listener: (event: Event) => void): void =>
      target.addEventListener(type, listener, { signal });
    on(check, "click", answer);
    on(again, "click", () => {
      changed();
      question.restart();
    });
    on(reveal, "click", () => {
      status.textContent = question.reveal();
      reveal.hidden = true;
      check.focus();
    });
    on(fieldset, "input", () => changed());
    on(fieldset, "keydown", (event) => {
      if ((event as KeyboardEvent).key === "Enter" && event.target instanceof HTMLInputElement) answer();
    });
    signal.addEventListener("abort", () => {
      changed();
      actions.remove();
      status.remove();
      delete this.dataset["ready"];
    });
    changed();
    this.dataset["ready"] = "";
  }

  disconnectedCallback(): void {
    this.#bound?.abort();
  }
}

if (!customElements.get("tb-quiz")) customElements.define("tb-quiz", Quiz);
