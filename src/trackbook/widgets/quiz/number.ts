import { readNumbers } from "../../browser/numbers";
import { say } from "../../browser/texts";
import { clearMarks, findWhy, sayRight, type Place, type Question } from "./question";

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
  return {
    judge() {
      if (input.value.trim() === "") return say("quiz.number.none");
      const readings = readNumbers(input.value, unit);
      const likeliest = readings[0];
      if (likeliest === undefined) {
        input.setAttribute("aria-invalid", "true");
        return say("quiz.number.no_number", { text: input.value.trim() });
      }
      if (readings.some((reading) => isNear(reading, value, tolerance))) return { right: true, says: sayRight(true), why: [findWhy(place)] };
      const mistake = mistakes.find(({ dataset }) => readings.some((one) => isNear(one, Number(dataset["value"]), tolerance)));
      if (mistake) return { right: false, says: sayRight(false), why: [mistake.querySelector(".tb-why")] };
      const says = likeliest < value ? "quiz.number.too_small" : "quiz.number.too_large";
      return { right: false, says: say(says), why: [] };
    },
    clear() {
      clearMarks(place);
      input.removeAttribute("aria-invalid");
    },
    restart() {
      input.focus();
      input.select();
    },
    read: () => input.value.trim(),
    fill: (written) => void (input.value = written),
  };
}

function isNear(one: number, other: number, tolerance: number): boolean {
  return Math.abs(one - other) <= tolerance + SLACK * Math.max(1, Math.abs(other));
}
