import { readNumbers } from "../../browser/numbers";
import { say } from "../../browser/texts";
import { answerOf, clearFeedback, makeFeedback, makeVerdict, type Place, type Question } from "./question";

/** What is lost in decimal fractions, as a part of the number. */
const SLACK = 1e-9;

/** A number to write. A typical mistake is told its reason; any other that is wrong, on which side of the right one it lies. */
export function readNumber(place: Place): Question | undefined {
  const { element, fieldset } = place;
  const input = fieldset.querySelector("input");
  const right = element.querySelector<HTMLElement>(".tb-right");
  if (!input || !right) return undefined;
  const [value, tolerance] = [Number(right.dataset["value"]), Number(right.dataset["tolerance"])];
  const mistakes = [...element.querySelectorAll<HTMLElement>(".tb-mistakes > li")];
  const unit = fieldset.querySelector(".tb-unit")?.textContent?.trim() ?? "";
  const answer = answerOf(place);
  const tell = (isRight: boolean, why: Element | null): void => {
    const feedback = makeFeedback(isRight, makeVerdict(isRight), why);
    feedback.id = `${input.name}-why`;
    fieldset.append(feedback);
    input.setAttribute("aria-describedby", feedback.id);
  };
  return {
    ...answer,
    judge() {
      if (input.value.trim() === "") return say("quiz.number.none");
      const readings = readNumbers(input.value, unit);
      const likeliest = readings[0];
      if (likeliest === undefined) {
        input.setAttribute("aria-invalid", "true");
        return say("quiz.number.no_number", { text: input.value.trim() });
      }
      if (readings.some((reading) => isNear(reading, value, tolerance))) {
        tell(true, element.querySelector(".tb-answer > .tb-why"));
        return { right: true, whole: true, says: say("quiz.right") };
      }
      const mistake = mistakes.find(({ dataset }) => readings.some((one) => isNear(one, Number(dataset["value"]), tolerance)));
      if (mistake) tell(false, mistake.querySelector(".tb-why"));
      const says = mistake ? "quiz.wrong" : likeliest < value ? "quiz.number.too_small" : "quiz.number.too_large";
      return { right: false, whole: false, says: say(says) };
    },
    clear() {
      answer.hide();
      clearFeedback(place);
      input.removeAttribute("aria-describedby");
      input.removeAttribute("aria-invalid");
    },
    restart() {
      input.focus();
      input.select();
    },
  };
}

function isNear(one: number, other: number, tolerance: number): boolean {
  return Math.abs(one - other) <= tolerance + SLACK * Math.max(1, Math.abs(other));
}
