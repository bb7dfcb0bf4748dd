import { say } from "../../browser/texts";
import { clearMarks, findWhy, mark, sayRight, type Place, type Question } from "./question";

/** Left sides, each with a list of options. */
export function readMatch(place: Place): Question | undefined {
  const { element, fieldset } = place;
  const lists = [...fieldset.querySelectorAll<HTMLSelectElement>(".tb-pairs select")];
  const right = [...element.querySelectorAll<HTMLLIElement>(".tb-right > li")].map((pair) => pair.dataset["option"]);
  if (lists.length === 0 || right.length !== lists.length) return undefined;
  const isRight = (list: HTMLSelectElement, at: number): boolean => list.value === right[at];
  return {
    judge() {
      const open = lists.filter(({ value }) => value === "");
      if (open.length > 0) {
        open[0]?.focus();
        return say("quiz.match.open", { count: open.length });
      }
      for (const [at, list] of lists.entries()) mark(list.closest("li") ?? fieldset, isRight(list, at), list);
      const found = lists.filter(isRight).length;
      const done = found === lists.length;
      return { right: done, says: done ? sayRight(true) : say("quiz.match.not_yet", { found, total: lists.length }), why: [findWhy(place)] };
    },
    clear: () => clearMarks(place),
    /** What is right stays chosen. */
    restart() {
      const wrong = lists.filter((list, at) => !isRight(list, at));
      for (const list of wrong) list.value = "";
      wrong[0]?.focus();
    },
    read: () => (lists.some(({ value }) => value !== "") ? lists.map(({ value }) => value).join() : ""),
    fill(value) {
      const options = value.split(",");
      for (const [at, list] of lists.entries()) list.value = options[at] ?? "";
    },
  };
}
