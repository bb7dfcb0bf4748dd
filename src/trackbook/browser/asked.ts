import type { Answered } from "./record/replay";
import { say } from "./texts";

/** The text of a question with its formulas, without links or ids of its own. */
export function copyAsk(quiz: Element): Node[] {
  const copy = quiz.querySelector(".tb-ask")?.cloneNode(true);
  if (!(copy instanceof Element)) return [];
  for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
  for (const part of copy.querySelectorAll("p, a")) part.replaceWith(...part.childNodes, " ");
  return [...copy.childNodes];
}

/** What was answered, in a sentence; that the question is another now; "" where nothing short can be said, or nothing is known. */
export function sayAnswer(quiz: HTMLElement, { key, value }: Answered): string {
  if (key === "") return "";
  if (key !== quiz.dataset["key"]) return say("former.changed");
  const kind = quiz.dataset["kind"];
  if (kind === "number") return say("quiz.missed.wrote", { text: value });
  const chosen = value.split(",").flatMap((at) => quiz.querySelector(`input[value="${Number(at)}"]`)?.closest("label") ?? []);
  const names = chosen.map((label) => label.querySelector(".tb-letter")?.textContent ?? `“${label.textContent.trim()}”`);
  if (names.length === 0 || (kind !== "choices" && kind !== "pick")) return "";
  return say("quiz.missed.chose", { letters: new Intl.ListFormat(document.documentElement.lang || "en").format(names) });
}

/** Opens questions as if nobody had answered them, and leads to the first; what the record says of them stays. */
export function reopen(quizzes: readonly HTMLElement[]): void {
  for (const quiz of quizzes) {
    quiz.dataset["fresh"] = ""; // for one whose code has not come yet
    quiz.dispatchEvent(new Event("tb-open"));
  }
  const [first] = quizzes;
  const field = first?.querySelector("fieldset");
  if (!first || !field) return;
  field.tabIndex = -1;
  field.focus({ preventScroll: true });
  first.closest(".tb-widget")?.scrollIntoView();
}

/** What a page knows of before comes while nobody sees the place where it comes: nothing moves for its reader. */
export function whenUnseen(place: Element, show: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      show();
    },
    { rootMargin: "99999px 0px 0px" },
  );
  observer.observe(place);
}
