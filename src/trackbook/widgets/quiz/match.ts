import { say } from "../../browser/texts";
import { answerOf, clearFeedback, explain, mark, type Place, type Question } from "./question";

/** Left sides, each with a list of options. */
export function readMatch(place: Place): Question | undefined {
  const { element, fieldset } = place;
  const lists = [...fieldset.querySelectorAll<HTMLSelectElement>(".tb-pairs select")];
  const right = [...element.querySelectorAll<HTMLLIElement>(".tb-right > li")].map((pair) => pair.dataset["option"]);
  if (lists.length === 0 || right.length !== lists.length) return undefined;
  const answer = answerOf(place);
  const isRight = (list: HTMLSelectElement, at: number): boolean => list.value === right[at];
  return {
    ...answer,
    judge() {
      const open = lists.filter(({ value }) => value === "");
      if (open.length > 0) {
        open[0]?.focus();
        return say("quiz.match.open", { count: open.length });
      }
      for (const [at, list] of lists.entries()) mark(list.closest("li") ?? fieldset, isRight(list, at), list);
      const found = lists.filter(isRight).length;
      const done = found === lists.length;
      explain(place, done);
      return { right: done, whole: done, says: done ? say("quiz.right") : say("quiz.match.not_yet", { found, total: lists.length }) };
    },
    clear() {
      answer.hide();
      clearFeedback(place);
      for (const list of lists) list.removeAttribute("aria-describedby");
    },
    /** What is right stays chosen. */
    restart() {
      const wrong = lists.filter((list, at) => !isRight(list, at));
      for (const list of wrong) list.value = "";
      wrong[0]?.focus();
    },
  };
}
