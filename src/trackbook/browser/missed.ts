import type { Answer } from "./answers";
import { makeStatus } from "./controls";
import { say } from "./texts";

/** Lists below the last quiz the questions that were not answered right yet. Nothing is there while there are none. */
export function followMissed(root: ParentNode = document): void {
  const last = [...root.querySelectorAll("tb-quiz")].at(-1)?.closest(".tb-widget");
  if (!last) return;
  const missed = new Set<HTMLElement>();
  const status = makeStatus();
  status.classList.add("tb-unseen");
  last.after(status);
  let section: HTMLElement | undefined;

  document.addEventListener("tb-answer", ({ target, detail }: CustomEvent<Answer>) => {
    const quiz = target instanceof Element && target.localName === "tb-quiz" ? target.closest<HTMLElement>(".tb-widget") : null;
    if (!quiz || detail.right !== missed.has(quiz)) return;
    if (detail.right) missed.delete(quiz);
    else missed.add(quiz);
    section?.remove();
    section = missed.size > 0 ? listQuestions(inOrder(missed)) : undefined;
    if (section) last.after(section);
    status.textContent = section ? say("missed.added", { count: missed.size }) : say("missed.cleared");
  });
}

function inOrder(questions: Iterable<HTMLElement>): HTMLElement[] {
  return [...questions].sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
}

function listQuestions(questions: readonly HTMLElement[]): HTMLElement {
  const section = document.createElement("section");
  section.className = "tb-missed";
  const title = document.createElement("h2");
  title.id = "tb-missed";
  title.textContent = say("missed.title");
  section.setAttribute("aria-labelledby", title.id);
  const list = document.createElement("ul");
  for (const question of questions) {
    const link = document.createElement("a");
    link.href = `#${question.id}`;
    link.append(...copyText(question.querySelector(".tb-ask")));
    const row = document.createElement("li");
    row.append(link);
    list.append(row);
  }
  section.append(title, list);
  return section;
}

/** The text with its formulas, without links or ids of its own. */
function copyText(ask: Element | null): Node[] {
  const copy = ask?.cloneNode(true);
  if (!(copy instanceof Element)) return [];
  for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
  for (const part of copy.querySelectorAll("p, a")) part.replaceWith(...part.childNodes, " ");
  return [...copy.childNodes];
}
