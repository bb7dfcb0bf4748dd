import { make } from "../../browser/make";
import { say } from "../../browser/texts";
import { clearMarks, mark, sayRight, type Place, type Question, type Verdict } from "./question";

interface Choice {
  readonly input: HTMLInputElement;
  readonly right: boolean;
  readonly reason: HTMLLIElement;
  /** Where it is marked, if it is one of several that are chosen. */
  readonly row: Element | null;
}

/**
 * One choice or several, each with its reason, or words in a sentence, where a reason has no room beside its word. Nothing when
 * choices and reasons do not match, so that the fallback stays as it is.
 */
export function readChoices(place: Place): Question | undefined {
  const inputs = [...place.fieldset.querySelectorAll<HTMLInputElement>("input")];
  const reasons = [...place.element.querySelectorAll<HTMLLIElement>(".tb-reasons > li")];
  const whole = place.element.querySelector(".tb-whole");
  const choices = inputs.flatMap((input, at): Choice[] => {
    const reason = reasons[at];
    return reason ? [{ input, row: input.closest("li"), reason, right: reason.dataset["right"] === "true" }] : [];
  });
  if (choices.length === 0 || choices.length !== reasons.length || choices.length !== inputs.length) return undefined;

  const listChosen = (): Choice[] => choices.filter(({ input }) => input.checked);
  return {
    clear: () => clearMarks(place),
    judge() {
      const chosen = listChosen();
      const [only] = chosen;
      if (!only) return say("quiz.choose");
      const right = choices.every((choice) => choice.right === choice.input.checked);
      const says = sayResult(choices, chosen, right);
      if (only.input.type === "radio") {
        const why = only.reason.querySelector(".tb-why");
        return { right, says, why: [why, right || !why ? whole : null] };
      }
      for (const { input, right: isRight, row, reason } of chosen) if (row) mark(row, isRight, input, [reason.querySelector(".tb-why")]);
      const isMarked = chosen.every(({ row }) => row);
      return { right, says, why: isMarked ? [] : [make("ul", "", ...chosen.map(({ reason }) => reason.cloneNode(true))), whole] };
    },
    restart() {
      for (const { input } of choices) input.checked = false;
      choices[0]?.input.focus();
    },
    read: () => listChosen().map(({ input }) => input.value).join(),
    fill(value) {
      const chosen = new Set(value.split(","));
      for (const { input } of choices) input.checked = chosen.has(input.value);
    },
  };
}

function sayResult(choices: readonly Choice[], chosen: readonly Choice[], right: boolean): Verdict["says"] {
  if (right || chosen[0]?.input.type === "radio") return sayRight(right);
  const found = chosen.filter((choice) => choice.right).length;
  const wanted = choices.filter((choice) => choice.right).length;
  return say("quiz.not_yet", { found, wanted, count: chosen.length - found });
}
