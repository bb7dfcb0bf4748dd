import { say } from "../../browser/texts";

/** What a learner's answer says to the page: `right` when exactly the right choices were chosen. Bubbles as `tb-answer`. */
export interface Answer {
  readonly item: string;
  readonly right: boolean;
}

interface Choice {
  readonly row: HTMLLIElement;
  readonly input: HTMLInputElement;
  readonly right: boolean;
  readonly reason: HTMLLIElement;
}

/** Checks a choice and says why: beside each choice the reason that the fallback keeps behind "Answer". */
class Quiz extends HTMLElement {
  #bound: AbortController | undefined;

  connectedCallback(): void {
    const fieldset = this.querySelector("fieldset");
    const choices = readChoices(this);
    if (!fieldset || choices.length === 0) return;
    this.#bound = new AbortController();
    const { signal } = this.#bound;

    const check = makeButton(say("quiz.check"), "tb-main");
    const again = makeButton(say("quiz.again"));
    const whys = makeButton(say("quiz.reasons"));
    const status = document.createElement("p");
    status.className = "tb-status";
    status.setAttribute("role", "status");
    const actions = document.createElement("div");
    actions.className = "tb-actions";
    actions.append(check, again, whys);
    fieldset.after(actions, status);

    const clear = (): void => {
      for (const { row, input } of choices) {
        row.querySelector(".tb-feedback")?.remove();
        input.removeAttribute("aria-describedby");
      }
      again.hidden = whys.hidden = true;
      status.textContent = "";
    };
    const answer = (): void => {
      const chosen = choices.filter(({ input }) => input.checked);
      clear();
      if (chosen.length === 0) {
        status.textContent = say("quiz.choose");
        return;
      }
      for (const choice of chosen) showReason(choice);
      const right = choices.every((choice) => choice.right === choice.input.checked);
      status.textContent = sayResult(choices, right);
      again.hidden = right;
      whys.hidden = chosen.length === choices.length;
      this.dispatchEvent(
        new CustomEvent<Answer>("tb-answer", { bubbles: true, detail: { item: this.dataset["item"] ?? "", right } }),
      );
    };

    check.addEventListener("click", answer, { signal });
    again.addEventListener(
      "click",
      () => {
        clear();
        for (const { input } of choices) input.checked = false;
        choices[0]?.input.focus();
      },
      { signal },
    );
    whys.addEventListener(
      "click",
      () => {
        for (const choice of choices) showReason(choice);
        whys.hidden = true;
        status.textContent = say("quiz.shown");
        check.focus();
      },
      { signal },
    );
    fieldset.addEventListener("change", clear, { signal });
    fieldset.addEventListener("keydown", (event) => event.key === "Enter" && answer(), { signal });
    signal.addEventListener("abort", () => {
      clear();
      actions.remove();
      status.remove();
      delete this.dataset["ready"];
    });
    clear();
    this.dataset["ready"] = "";
  }

  disconnectedCallback(): void {
    this.#bound?.abort();
  }
}

/** Returns each choice with its reason; none when the two lists do not match, so that the fallback stays as it is. */
function readChoices(quiz: HTMLElement): Choice[] {
  const rows = [...quiz.querySelectorAll<HTMLLIElement>(".tb-choices > li")];
  const reasons = [...quiz.querySelectorAll<HTMLLIElement>(".tb-reasons > li")];
  const choices = rows.flatMap((row, at) => {
    const [input, reason] = [row.querySelector("input"), reasons[at]];
    return input && reason ? [{ row, input, reason, right: reason.dataset["right"] === "true" }] : [];
  });
  return choices.length === reasons.length && choices.length === rows.length ? choices : [];
}

function showReason({ row, input, right, reason }: Choice): void {
  if (row.querySelector(".tb-feedback")) return;
  const feedback = document.createElement("div");
  feedback.className = "tb-feedback";
  feedback.id = `${input.name}-why-${input.value}`;
  feedback.dataset["right"] = String(right);
  for (const part of reason.querySelectorAll(".tb-verdict, .tb-why")) feedback.append(part.cloneNode(true), " ");
  row.append(feedback);
  input.setAttribute("aria-describedby", feedback.id);
}

function sayResult(choices: readonly Choice[], right: boolean): string {
  if (right) return say("quiz.right");
  const chosen = choices.filter(({ input }) => input.checked);
  const found = chosen.filter((choice) => choice.right).length;
  const wanted = choices.filter((choice) => choice.right).length;
  if (wanted < 2 && found === 0) return say("quiz.wrong");
  return say("quiz.not_yet", { found, wanted, count: chosen.length - found });
}

function makeButton(label: string, kind = ""): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `tb-button ${kind}`.trim();
  button.textContent = label;
  return button;
}

if (!customElements.get("tb-quiz")) customElements.define("tb-quiz", Quiz);
