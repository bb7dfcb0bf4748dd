import { tell } from "../../browser/answers";
import { makeActions, makeButton, makeStatus, removeWhenGone, whenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";
import { say } from "../../browser/texts";
import { readChoices, readPick } from "./choices";
import { readMatch } from "./match";
import { readNumber } from "./number";
import { readOrder } from "./order";
import type { Place, Question } from "./question";

const KINDS: Readonly<Record<string, (place: Place) => Question | undefined>> = {
  choices: readChoices,
  order: readOrder,
  match: readMatch,
  number: readNumber,
  pick: readPick,
};

/** Checks an answer and says why, with the reasons that the fallback keeps behind "Answer". */
defineElement("tb-quiz", (element, signal) => {
  const fieldset = element.querySelector("fieldset");
  const status = makeStatus();
  const changed = (says = ""): void => {
    question?.clear();
    again.hidden = reveal.hidden = true;
    status.textContent = says;
  };
  const question = fieldset && KINDS[element.dataset["kind"] ?? ""]?.({ element, fieldset, signal, changed });
  if (!question) return false;

  const answer = (): void => {
    changed();
    const verdict = question.judge();
    status.textContent = typeof verdict === "string" ? verdict : verdict.says;
    if (typeof verdict === "string") return;
    again.hidden = verdict.right;
    reveal.hidden = verdict.whole;
    tell(element, "tb-answer", { item: element.dataset["item"] ?? "", right: verdict.right });
  };
  const check = makeButton(say("quiz.check"), signal, answer, "tb-main");
  const again = makeButton(say("quiz.again"), signal, () => {
    changed();
    question.restart();
  });
  const reveal = makeButton(question.revealLabel, signal, () => {
    status.textContent = question.reveal();
    reveal.hidden = true;
    check.focus();
  });
  const actions = makeActions(check, again, reveal);
  fieldset.after(actions, status);

  fieldset.addEventListener("input", () => changed(), { signal });
  fieldset.addEventListener(
    "keydown",
    (event) => event.key === "Enter" && event.target instanceof HTMLInputElement && answer(),
    { signal },
  );
  whenGone(signal, () => changed());
  removeWhenGone(signal, actions, status);
  changed();
  return true;
});
