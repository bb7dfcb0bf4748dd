import { tell } from "../../browser/answers";
import { makeActions, makeButton, removeWhenGone, whenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";
import { Keeper, nameItem, recall, showInPlace } from "../../browser/former";
import { make } from "../../browser/make";
import { say } from "../../browser/texts";
import { readChoices } from "./choices";
import { readMatch } from "./match";
import { readNumber } from "./number";
import { readOrder } from "./order";
import { makeFeedback, type Place, type Question, type Verdict } from "./question";

const KINDS: Readonly<Record<string, (place: Place) => Question | undefined>> = {
  choices: readChoices,
  order: readOrder,
  match: readMatch,
  number: readNumber,
  pick: readChoices,
};

/** Checks an answer and says why, with the reasons that the fallback keeps behind "Answer". */
defineElement("tb-quiz", (element, signal) => {
  const fieldset = element.querySelector("fieldset");
  const details = element.querySelector<HTMLDetailsElement>(".tb-answer");
  const name = nameItem(element);
  const status = make("div", "tb-status");
  status.setAttribute("role", "status");
  status.id = `${element.closest(".tb-widget")?.id ?? ""}-says`;
  /** Before it is judged again. */
  const open = (says = ""): void => {
    question?.clear();
    if (details) details.open = details.hidden = false;
    delete element.dataset["judged"];
    fieldset?.removeAttribute("aria-describedby");
    button.hidden = false;
    button.textContent = say("quiz.check");
    button.classList.add("tb-main");
    status.textContent = says;
  };
  const changed = (says = ""): void => {
    open(says);
    if (element.dataset["kind"] !== "number") keeper.soon();
  };
  const question = fieldset && KINDS[element.dataset["kind"] ?? ""]?.({ element, fieldset, signal, changed });
  if (!question) return false;

  const show = (verdict: Verdict): void => {
    status.replaceChildren(makeFeedback(verdict));
    fieldset.setAttribute("aria-describedby", status.id);
    element.dataset["judged"] = String(verdict.right);
    button.textContent = say("quiz.again");
    button.classList.remove("tb-main");
    // The button goes, and the next thing to go to is every reason.
    if (verdict.right && document.activeElement === button) details?.querySelector("summary")?.focus();
    button.hidden = verdict.right;
  };
  const answer = (): void => {
    open();
    const verdict = question.judge();
    if (typeof verdict === "string") return void (status.textContent = verdict);
    show(verdict);
    keeper.cancel();
    tell(element, "tb-answer", { ...name, right: verdict.right, value: question.read() });
  };
  const button = makeButton("", signal, () => {
    if (!("judged" in element.dataset)) return answer();
    open();
    question.restart();
  });
  const keeper = new Keeper(element, () => tell(element, "tb-keep", { ...name, is: "choice", value: question.read(), held: false }), signal);
  const actions = makeActions(button);
  fieldset.after(actions, status);

  fieldset.addEventListener("input", () => changed(), { signal });
  fieldset.addEventListener(
    "keydown",
    (event) => event.key === "Enter" && event.target instanceof HTMLInputElement && answer(),
    { signal },
  );
  const empty = (): void => {
    keeper.cancel();
    question.fill("");
    open();
  };
  element.addEventListener("tb-open", empty, { signal });
  whenGone(signal, () => open());
  removeWhenGone(signal, actions, status);
  open();
  recall(element, signal, ({ value, isJudged, isSame }) => {
    if (!isSame) return void (status.textContent = say("former.changed"));
    question.fill(value);
    if (!isJudged) return;
    showInPlace(element, (whole) => {
      open();
      const verdict = question.judge();
      if (typeof verdict === "string") return;
      if (whole) return show(verdict);
      question.clear();
      show({ ...verdict, why: [] });
      if (details) details.hidden = true;
    });
  });
  return true;
});
