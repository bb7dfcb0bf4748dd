import type { Answer } from "./answers";
import { copyAsk, reopen, sayAnswer, whenUnseen } from "./asked";
import { makeActions, makeButton, makeStatus } from "./controls";
import { findHeading } from "./headings";
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
    section = missed.size > 0 ? listQuestions(article, quizzes, missed) : undefined;
    if (section) status.before(section);
  };

  document.addEventListener("tb-answer", ({ target, detail }: CustomEvent<Answer>) => {
    if (!(target instanceof Element) || target.localName !== "tb-quiz") return;
    known.add(target);
    if (detail.right && !missed.delete(target)) return;
    if (!detail.right) missed.set(target, { right: false, first: false, key: detail.key ?? "", value: detail.value ?? "", at: 0 });
    list();
    status.textContent = section ? say("quiz.missed.added", { count: missed.size }) : say("quiz.missed.cleared");
  });

  const { answers } = await readState();
  for (const quiz of quizzes) {
    const answer = answers.get(quiz.dataset["item"] ?? "");
    if (answer && !answer.right && !known.has(quiz)) missed.set(quiz, answer);
  }
  if (missed.size > 0) whenUnseen(status, list);
}

function listQuestions(article: Element, quizzes: readonly HTMLElement[], missed: ReadonlyMap<Element, Answered>): HTMLElement {
  const title = make("h2", "", say("quiz.missed.title"));
  title.id = "tb-missed";
  const some = quizzes.filter((quiz) => missed.has(quiz));
  const rows = some.map((quiz) => {
    const link = makeLink(`#${quiz.closest(".tb-widget")?.id ?? ""}`, "");
    link.append(...copyAsk(quiz));
    const answer = missed.get(quiz);
    const said = [findHeading(article, quiz), answer ? sayAnswer(quiz, answer) : ""].filter(Boolean).join(" · ");
    return make("li", "", link, make("p", "tb-note", said));
  });
  const note = [say("quiz.missed.of", { missed: some.length, count: quizzes.length }), say("quiz.missed.stay")].join(" ");
  const again = makeButton(say("quiz.missed.again", { count: some.length }), new AbortController().signal, () => reopen(some));
  const section = make("section", "tb-missed", title, make("p", "tb-note", note), make("ul", "", ...rows), makeActions(again));
  section.setAttribute("aria-labelledby", title.id);
  return section;
}
