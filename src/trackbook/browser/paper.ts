import { findHeading } from "./headings";
import { say } from "./texts";

/** What a learner would open to compare: on paper it stands at the end. */
const ANSWERS = ".tb-widget :is(.tb-answer, .tb-card, .tb-result):not([open])";

/** Whatever is folded is printed: answers at the end of the page, under the number of their question, all else in its place. */
export function preparePaper(): void {
  let undo: (() => void)[] = [];
  addEventListener("beforeprint", () => {
    for (const step of undo.reverse()) step();
    const article = document.querySelector("article");
    undo = article ? [...moveAnswers(article), ...openRest(article)] : [];
  });
  addEventListener("afterprint", () => {
    for (const step of undo.reverse()) step();
    undo = [];
  });
}

/** Of folds with one name only one can be open: on paper they have none. */
function openRest(article: Element): (() => void)[] {
  return [...article.querySelectorAll<HTMLDetailsElement>("details:is([name], :not([open]))")].map((details) => {
    const { name, open } = details;
    if (name) details.name = "";
    details.open = true;
    return () => {
      details.open = open;
      if (name) details.name = name;
    };
  });
}

/** Moves them as they are, so that nothing stands twice; returns how to put each back. */
function moveAnswers(article: Element): (() => void)[] {
  const answers = [...article.querySelectorAll<HTMLDetailsElement>(ANSWERS)];
  const widgets = [...new Set(answers.flatMap((answer) => answer.closest(".tb-widget") ?? []))];
  if (widgets.length === 0) return [];
  const section = document.createElement("section");
  section.className = "tb-answers";
  const title = document.createElement("h2");
  title.textContent = say("paper.answers");
  section.append(title);
  const undo = [() => section.remove()];
  widgets.forEach((widget, at) => {
    const mark = document.createElement("p");
    mark.className = "tb-paper-number";
    mark.textContent = `${at + 1}`;
    widget.prepend(mark);
    const name = document.createElement("h3");
    name.textContent = [`${at + 1}`, findHeading(article, widget)].filter(Boolean).join(" · ");
    const own = answers.filter((answer) => widget.contains(answer));
    const list = document.createElement(own.length > 1 ? "ol" : "div");
    for (const answer of own) {
      const place = document.createElement(own.length > 1 ? "li" : "div");
      if (place instanceof HTMLLIElement) place.value = numberOf(answer);
      const parts = [...answer.childNodes].filter((part) => !(part instanceof HTMLElement && part.localName === "summary"));
      place.append(...parts);
      list.append(place);
      answer.classList.add("tb-moved");
      undo.push(() => {
        answer.append(...parts);
        answer.classList.remove("tb-moved");
      });
    }
    section.append(name, list);
    undo.push(() => mark.remove());
  });
  const pager = article.querySelector(":scope > .tb-pager");
  if (pager) pager.before(section);
  else article.append(section);
  return undo;
}

/** The number of the step or card that the answer belongs to. */
function numberOf(answer: Element): number {
  const row = answer.closest("li");
  return row?.parentElement ? [...row.parentElement.children].indexOf(row) + 1 : 1;
}
