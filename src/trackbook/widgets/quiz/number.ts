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

/**
 * All that a text can mean as a number, the likeliest in the page's language first: "1,024" is a thousand and more to some, and
 * hardly more than one to others. Spaces, any minus sign and the unit at its end are let pass.
 */
function readNumbers(text: string, unit: string): number[] {
  let bare = text.trim().replace(/[\u2212\u2013\u2012\uFE63\uFF0D]/g, "-").replace(/^\+/, "");
  if (unit && bare.toLowerCase().endsWith(unit.toLowerCase())) bare = bare.slice(0, -unit.length);
  bare = bare.replace(/[\s'’\u2066-\u2069\u200E\u200F]/g, "");
  const isPlain = /^-?(?:\d+[.,]?\d*|[.,]\d+)$/.test(bare);
  const plain = isPlain ? [Number(bare.replace(",", "."))] : [];
  const sign = /^-?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/.exec(bare)?.[1];
  if (sign === undefined) return plain;
  const grouped = [Number(bare.replaceAll(sign, "").replace(",", "."))];
  const isDecimal = (1.5).toLocaleString(document.documentElement.lang || "en").includes(sign);
  return isDecimal ? [...plain, ...grouped] : [...grouped, ...plain];
}
