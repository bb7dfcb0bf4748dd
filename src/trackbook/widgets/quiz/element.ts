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

    const check = makeButton("Check", "tb-main");
    const again = makeButton("Try again");
    const whys = makeButton("Show every reason");
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
        status.textContent = "Choose an answer first.";
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
        status.textContent = "Every choice now shows its reason.";
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
  if (right) return "Right.";
  const chosen = choices.filter(({ input }) => input.checked);
  const found = chosen.filter((choice) => choice.right).length;
  const wanted = choices.filter((choice) => choice.right).length;
  if (wanted < 2 && found === 0) return "Not right. Read the reason, then try again.";
  return `Not yet: ${found} of ${wanted} right choices, ${chosen.length - found} that ${chosen.length - found === 1 ? "is" : "are"} not.`;
}

function makeButton(label: string, kind = ""): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `tb-button ${kind}`.trim();
  button.textContent = label;
  return button;
}

if (!customElements.get("tb-quiz")) customElements.define("tb-quiz", Quiz);
