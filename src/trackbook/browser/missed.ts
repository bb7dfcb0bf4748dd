import type { Answer } from "./answers";
import { copyAsk, sayAnswer } from "./asked";
import { makeStatus } from "./controls";
import { make, makeLink } from "./make";
import type { Answered } from "./record/replay";
import { readState } from "./record/state";
import { say } from "./texts";

/** Lists at the end of the page the questions that were not answered right yet, now or before. Nothing is there while there are none. */
export async function followMissed(): Promise<void> {
  const quizzes = [...document.querySelectorAll<HTMLElement>("tb-quiz")];
  const article = quizzes.at(-1)?.closest("article");
  if (!article) return;
  const missed = new Map<Element, Answered>();
  const known = new Set<Element>();
  const status = makeStatus();
  status.classList.add("tb-unseen");
  const done = article.querySelector(".tb-done-box");
  if (done) done.before(status);
  else article.append(status);
  let section: HTMLElement | undefined;
  const list = (): void => {
    section?.remove();
    section = missed.size > 0 ? listQuestions(quizzes, missed) : undefined;
    if (section) status.before(section);
  };

  document.addEventListener("tb-answer", ({ target, detail }: CustomEvent<Answer>) => {
    if (!(target instanceof Element) || target.localName !== "tb-quiz") return;
    known.add(target);
    if (detail.right && !missed.delete(target)) return;
    if (!detail.right) missed.set(target, { right: false, key: detail.key ?? "", value: detail.value ?? "", at: 0 });
    list();
    status.textContent = section ? say("missed.added", { count: missed.size }) : say("missed.cleared");
  });

  const { answers } = await readState();
  for (const quiz of quizzes) {
    const answer = answers.get(quiz.dataset["item"] ?? "");
    if (answer && !answer.right && !known.has(quiz)) missed.set(quiz, answer);
  }
  if (missed.size > 0) whenUnseen(status, list);
}

/** What was missed before comes while nobody sees the place where it comes. */
function whenUnseen(place: Element, show: () => void): void {
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

function listQuestions(quizzes: readonly HTMLElement[], missed: ReadonlyMap<Element, Answered>): HTMLElement {
  const title = make("h2", "", say("missed.title"));
  title.id = "tb-missed";
  const rows = quizzes.flatMap((quiz) => {
    const answer = missed.get(quiz);
    if (!answer) return [];
    const link = makeLink(`#${quiz.closest(".tb-widget")?.id ?? ""}`, "");
    link.append(...copyAsk(quiz));
    const row = make("li", "", link);
    const said = sayAnswer(quiz, answer);
    if (said) row.append(make("p", "tb-note", said));
    return [row];
  });
  const section = make("section", "tb-missed", title, make("p", "tb-note", say("missed.stay")), make("ul", "", ...rows));
  section.setAttribute("aria-labelledby", title.id);
  return section;
}
