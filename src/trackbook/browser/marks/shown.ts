import { makeActions, makeButton } from "../controls";
import { make } from "../make";
import type { Marks } from "../record/marks";
import { say } from "../texts";
import { find, type Found } from "./anchor";
import { hasMargin, place, type Beside } from "./margin";
import { PageText } from "./page-text";
import { paint, unpaint } from "./paint";
import { sayKind, sayPlace } from "./naming";
import { listMarks, type Mark } from "./reading";
import { sayDate } from "./saying";

/** A mark on the page: where it is, if it is anywhere. */
export interface Shown {
  readonly mark: Mark;
  readonly found: Found | undefined;
  /** What became of what it was put to; "" while that is there as it was. */
  readonly fate: "" | "changed" | "lost";
  /** The words, or else the heading of the section. */
  readonly range: Range;
}

export interface Doings {
  readonly open: (shown: Shown, from: HTMLElement) => void;
  readonly remove: (mark: Mark) => void;
  readonly accept: (shown: Shown) => void;
}

/** The learner's marks as the page shows them: words in color, notes in the margin, or behind numbered marks where there is none. */
export class Display {
  #text: PageText | undefined;
  #shown: readonly Shown[] = [];
  #beside: readonly Beside[] = [];
  /** What paper shows of notes, since it has no buttons: below the part that they are about. */
  #papers: readonly HTMLElement[] = [];
  #bound = new AbortController();

  constructor(
    readonly article: HTMLElement,
    readonly doings: Doings,
  ) {}

  get shown(): readonly Shown[] {
    return this.#shown;
  }

  /** The text of the page as it is now. */
  get text(): PageText {
    return (this.#text ??= new PageText(this.article));
  }

  show(marks: Marks, module: string): void {
    this.#clear();
    const { text } = this;
    const all = listMarks(marks, module).map((mark) => locate(text, mark));
    this.#shown = all.sort((one, other) => one.range.compareBoundaryPoints(Range.START_TO_START, other.range) || (one.mark.at < other.mark.at ? -1 : 1));
    const focused = document.activeElement?.closest<HTMLElement>("[data-mark]")?.dataset["mark"];
    const highlights = this.#shown.filter(({ mark }) => mark.what.is === "highlight");
    this.#beside = this.#shown.map((shown) => this.#makeBeside(shown, highlights.indexOf(shown) + 1));
    for (const [index, { element }] of this.#beside.entries()) this.#insert(element, this.#shown[index]?.range);
    this.#papers = this.#shown.flatMap((shown) => this.#insertPaper(shown));
    if (focused) this.article.querySelector<HTMLElement>(`[data-mark="${focused}"]`)?.focus();
    const pick = (isSame: boolean): Range[] => this.#shown.filter(({ found }) => found?.isSame === isSame).map(({ range }) => range);
    paint({ same: pick(true), changed: pick(false) });
    // Marks around the words take the page's text apart.
    if (!("highlights" in CSS)) this.#text = undefined;
    this.arrange();
  }

  arrange(): void {
    place(this.article, this.#beside);
  }

  /** The mark whose words are at this point of the screen. */
  findAt(x: number, y: number): Shown | undefined {
    const isIn = ({ left, right, top, bottom }: DOMRect): boolean => left <= x && x <= right && top <= y && y <= bottom;
    return this.#shown.find(({ found, range }) => found && [...range.getClientRects()].some(isIn));
  }

  #clear(): void {
    this.#bound.abort();
    this.#bound = new AbortController();
    unpaint(this.article);
    for (const element of [...this.#beside.map(({ element }) => element), ...this.#papers]) element.remove();
    this.#text = undefined;
  }

  /** Behind the part of the article that holds the place, so that one comes to it by Tab and by reading on. */
  #insert(element: HTMLElement, range: Range | undefined): void {
    let part = range?.endContainer as Element | null;
    while (part && part.parentElement !== this.article) part = part.parentElement;
    if (part) {
      while (part.nextElementSibling?.matches(".tb-mine")) part = part.nextElementSibling;
      part.after(element);
    } else this.article.append(element);
  }

  #insertPaper({ mark, range }: Shown): HTMLElement[] {
    if (!mark.note) return [];
    const paper = make("div", "tb-mine tb-mine-paper", make("p", "tb-mine-kind", `${sayKind(mark)} · ${sayPlace(mark)}`), make("p", "tb-mine-note", mark.note));
    this.#insert(paper, range);
    return [paper];
  }

  #makeBeside(shown: Shown, number: number): Beside {
    const { mark, fate, range } = shown;
    const isCard = hasMargin() && (mark.note !== "" || fate !== "");
    const at = (): DOMRect => {
      const boxes = range.getClientRects();
      return (isCard ? boxes[0] : boxes[boxes.length - 1]) ?? range.getBoundingClientRect();
    };
    return { element: isCard ? this.#makeCard(shown) : this.#makeMark(shown, number), at, isCard };
  }

  #makeMark(shown: Shown, number: number): HTMLElement {
    const { mark, fate } = shown;
    const { signal } = this.#bound;
    const button = makeButton(number > 0 ? String(number) : "★", signal, () => this.doings.open(shown, button), "tb-mine tb-mine-mark");
    button.classList.toggle("tb-mine-noted", mark.note !== "");
    button.classList.toggle("tb-mine-edited", fate !== "");
    const label = number > 0 ? `${sayKind(mark)} ${number}: ${sayPlace(mark)}` : `${sayKind(mark)}: ${sayPlace(mark)}`;
    button.setAttribute("aria-label", fate ? `${label}. ${sayFate(fate)}` : label);
    button.dataset["mark"] = mark.id;
    return button;
  }

  #makeCard(shown: Shown): HTMLElement {
    const { mark } = shown;
    const { signal } = this.#bound;
    const edit = makeButton(say("marks.edit"), signal, () => this.doings.open(shown, edit), "tb-quiet");
    edit.dataset["mark"] = mark.id;
    const remove = makeButton(say("marks.delete"), signal, () => this.doings.remove(mark), "tb-quiet");
    for (const button of [edit, remove]) button.setAttribute("aria-label", `${button.textContent}: ${sayPlace(mark)}`);
    const news = makeNews(shown, () => this.doings.accept(shown), signal);
    const card = make("div", "tb-mine tb-mine-card", make("p", "tb-mine-kind", `${sayKind(mark)} · ${sayDate(mark.at)}`), make("p", "tb-mine-note", mark.note), ...news, makeActions(edit, remove));
    card.setAttribute("role", "note");
    return card;
  }
}

/** Says that the text is another one, what it said, and lets the learner have the mark at what is there now. */
export function makeNews({ mark: { what }, found, fate }: Shown, accept: () => void, signal: AbortSignal): Node[] {
  if (!fate) return [];
  const said = say("marks.said", { words: what.is === "highlight" ? what.quote.exact : what.heading });
  const news = make("p", "tb-mine-news", make("b", "", sayFate(fate)), ` ${said} `);
  if (found) news.append(makeButton(say("marks.accept"), signal, accept, "tb-quiet"));
  return [news];
}

function sayFate(fate: "changed" | "lost"): string {
  return say(fate === "changed" ? "marks.changed" : "marks.lost");
}

function locate(text: PageText, mark: Mark): Shown {
  const { what } = mark;
  const found = what.is === "highlight" ? find(text.text, what.quote, what.position) : undefined;
  if (found) return { mark, found, fate: found.isSame ? "" : "changed", range: text.toRange(found) };
  const section = document.getElementById(what.section);
  const isThere = what.is === "bookmark" && (section !== null || what.section === "");
  const range = document.createRange();
  range.selectNodeContents(section ?? text.article.querySelector("h1") ?? text.article);
  return { mark, found, fate: isThere ? "" : "lost", range };
}
