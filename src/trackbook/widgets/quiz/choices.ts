import { say } from "../../browser/texts";
import { clearFeedback, makeFeedback, type Place, type Question, type Verdict } from "./question";

interface Choice {
  readonly input: HTMLInputElement;
  readonly right: boolean;
  readonly reason: HTMLLIElement;
  /** Where its reason is shown. */
  readonly beside: Element;
}

/** One choice or several, each with its reason beside it. */
export function readChoices(place: Place): Question | undefined {
  return readInputs(place, (input) => input.closest("li"), ".tb-verdict, .tb-why");
}

/** Words in a sentence: a reason has no room beside its word, so it stands below and names it. */
export function readPick(place: Place): Question | undefined {
  return readInputs(place, () => place.fieldset, "strong, .tb-verdict, .tb-why");
}

/** Nothing when choices and reasons do not match, so that the fallback stays as it is. */
function readInputs(
  place: Place,
  findPlace: (input: HTMLInputElement) => Element | null,
  parts: string,
): Question | undefined {
  const inputs = [...place.fieldset.querySelectorAll<HTMLInputElement>("input")];
  const reasons = [...place.element.querySelectorAll<HTMLLIElement>(".tb-reasons > li")];
  const whole = place.element.querySelector(".tb-whole");
  const choices = inputs.flatMap((input, at): Choice[] => {
    const [beside, reason] = [findPlace(input), reasons[at]];
    return beside && reason ? [{ input, beside, reason, right: reason.dataset["right"] === "true" }] : [];
  });
  if (choices.length === 0 || choices.length !== reasons.length || choices.length !== inputs.length) return undefined;

  const show = ({ input, beside, reason, right }: Choice): void => {
    const id = `${input.name}-why-${input.value}`;
    if (document.getElementById(id)) return;
    const own = [...reason.querySelectorAll(parts)];
    if (whole && (right || !reason.querySelector(".tb-why"))) own.push(whole);
    const feedback = makeFeedback(right, ...own);
    feedback.id = id;
    beside.append(feedback);
    input.setAttribute("aria-describedby", id);
  };
  const clear = (): void => {
    clearFeedback(place);
    for (const { input } of choices) input.removeAttribute("aria-describedby");
  };
  return {
    clear,
    judge() {
      const chosen = choices.filter(({ input }) => input.checked);
      if (chosen.length === 0) return say("quiz.choose");
      for (const choice of chosen) show(choice);
      const right = choices.every((choice) => choice.right === choice.input.checked);
      return sayResult(choices, chosen, right);
    },
    restart() {
      for (const { input } of choices) input.checked = false;
      choices[0]?.input.focus();
    },
    reveal() {
      for (const choice of choices) show(choice);
      return say("quiz.shown");
    },
    revealLabel: say("quiz.reasons"),
  };
}

function sayResult(choices: readonly Choice[], chosen: readonly Choice[], right: boolean): Verdict {
  const whole = chosen.length === choices.length;
  if (right) return { right, whole, says: say("quiz.right") };
  const found = chosen.filter((choice) => choice.right).length;
  const wanted = choices.filter((choice) => choice.right).length;
  if (wanted < 2 && found === 0) return { right, whole, says: say("quiz.wrong") };
  return { right, whole, says: say("quiz.not_yet", { found, wanted, count: chosen.length - found }) };
}
