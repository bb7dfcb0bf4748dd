/** Highlights, notes and bookmarks of the learner's own on the page of a lesson. Its code comes with the first words that are chosen, or where there are some. */
import { isLetter, isTyping } from "../asking";
import { makeStatus } from "../controls";
import { noMarks } from "../record/marks";
import { LONGEST_NAME, LONGEST_QUOTE } from "../record/marks-limits";
import { say } from "../texts";
import { quote } from "./anchor";
import { Bar } from "./bar";
import { Keeping, type Place } from "./keeping";
import { whenMoved } from "./margin";
import { sayKind } from "./naming";
import type { Span } from "./page-text";
import { listMarks, type Mark } from "./reading";
import { sayWords } from "./saying";
import { Display, makeNews, type Shown } from "./shown";
import { Sheet } from "./sheet";
import { loadStyle } from "./sheet-style";

/** Milliseconds in which words are still being chosen. */
const CHOOSING = 250;
/** And in which a word on what was done stays. */
const TOLD = 4000;
/** What the header covers at the top of the screen, about. */
const HEADER = 90;

class MarkedPage {
  readonly #keeping: Keeping;
  readonly #display: Display;
  readonly #sheet: Sheet;
  readonly #bar: Bar;
  readonly #status = makeStatus();
  readonly #signal = new AbortController().signal;
  #marks = noMarks();
  #chosen: Span | undefined;
  /** Where the reader is, who goes through passages; and where the focus was before. */
  #passage: HTMLElement | undefined;
  #before: HTMLElement | undefined;
  #timer = 0;
  #told = 0;
  #turn = 0;

  constructor(
    readonly article: HTMLElement,
    readonly module: string,
    keeping: Keeping,
  ) {
    this.#keeping = keeping;
    const remove = (mark: Mark): void => void this.#remove(mark);
    this.#display = new Display(article, { open: (shown, from) => this.#open(shown, from), remove, accept: (shown) => void this.#accept(shown) });
    this.#sheet = new Sheet(this.#signal);
    const verbs = { highlight: () => void this.#highlight(), note: () => void this.#highlight(true), bookmark: () => void this.#bookmark(this.#findSection()), close: () => this.#leave() };
    this.#bar = new Bar({ ...verbs, step: (by) => this.#step(by) }, this.#signal);
    this.#status.classList.add("tb-mine", "tb-mine-told");
    document.querySelector("main")?.append(this.#status);
  }

  async begin(): Promise<void> {
    await this.#update();
    this.#keeping.record.addEventListener("change", () => void this.#update(), { signal: this.#signal });
    document.addEventListener("selectionchange", () => this.#wait(), { signal: this.#signal });
    this.article.addEventListener("click", (event) => this.#touch(event), { signal: this.#signal });
    whenMoved(this.article, this.#signal, () => this.#display.arrange(), () => this.#display.show(this.#marks, this.module));
    this.#wait();
  }

  /** By `m` a note, by `b` a bookmark: of the words that are chosen, else at the place on the screen. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || !isLetter(event) || isTyping(event.target) || isAside(event.target)) return;
    if (event.key === "b") void this.#bookmark(this.#findSection());
    else if (this.#chosen) void this.#highlight(true);
    else this.choose();
  }

  /** The way without chosen words: the passage at hand is chosen, and arrow keys lead to others. */
  choose(): void {
    const passages = this.#display.text.listPassages();
    const { activeElement } = document;
    this.#before = activeElement instanceof HTMLElement ? activeElement : undefined;
    this.#passage = passages.find((passage) => passage.contains(activeElement)) ?? passages.find((passage) => passage.getBoundingClientRect().bottom > HEADER);
    this.#step(0);
    this.#bar.focus();
  }

  async #update(): Promise<void> {
    const turn = ++this.#turn;
    const marks = await this.#keeping.read();
    if (turn !== this.#turn) return;
    this.#marks = marks;
    this.#display.show(marks, this.module);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#look(), CHOOSING);
  }

  /** Shows the bar at words of the article that are chosen. */
  #look(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const selection = getSelection();
    const range = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : undefined;
    const isOurs = range && this.article.contains(range.commonAncestorContainer);
    this.#chosen = isOurs ? this.#display.text.toSpan(range) : undefined;
    if (!this.#chosen || !range) {
      if (!this.#bar.isFocused) this.#hide();
    } else if (!this.#passage) this.#bar.show(this.#display.text.toRange(this.#chosen), this.#findBookmark(this.#findSection()) !== undefined, false);
  }

  #step(by: number): void {
    const passages = this.#display.text.listPassages();
    const at = Math.max(0, Math.min(passages.length - 1, passages.indexOf(this.#passage as HTMLElement) + by));
    const passage = passages[at];
    if (!passage) return;
    this.#passage = passage;
    const range = document.createRange();
    range.selectNodeContents(passage);
    this.#chosen = this.#display.text.toSpan(range);
    if (!this.#chosen) return;
    const words = this.#display.text.toRange(this.#chosen);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(words);
    passage.scrollIntoView({ block: "nearest" });
    this.#bar.show(words, this.#findBookmark(this.#findSection()) !== undefined, true);
    this.#bar.tell(say("marks.chosen", { number: at + 1, total: passages.length, words: sayWords(words.toString()) }));
  }

  /** Highlights the chosen words; with a note to them, if one is to be written. */
  async #highlight(withNote = false): Promise<void> {
    // On a phone, words are still being chosen while the bar is there.
    if (this.#timer) this.#look();
    const span = this.#chosen;
    const selector = span && quote(this.#display.text.text, span);
    if (!span) return;
    if (!selector) return this.#bar.tell(say("marks.long", { most: LONGEST_QUOTE }));
    const back = this.#before;
    const place = { ...this.#describe(this.#findSection()), ...selector };
    this.#leave();
    const id = await this.#keeping.add(this.module, place);
    await this.#update();
    const shown = this.#display.shown.find(({ mark }) => mark.id === id);
    if (withNote && shown) this.#open(shown, back);
    else this.#tell(this.#keeping.say(say("marks.highlighted")));
  }

  /** Puts a bookmark at a section, or takes it away. */
  async #bookmark(heading: HTMLElement | undefined): Promise<void> {
    const bookmark = this.#findBookmark(heading);
    this.#leave();
    if (bookmark) return this.#remove(bookmark);
    const section = this.#describe(heading);
    await this.#keeping.add(this.module, section);
    this.#tell(this.#keeping.say(say("marks.bookmarked", { heading: section.heading || section.title })));
  }

  #open(shown: Shown, back?: HTMLElement): void {
    const { mark } = shown;
    const news = makeNews(shown, () => void this.#accept(shown), this.#signal);
    const quoted = mark.what.is === "highlight" && shown.found?.isSame ? mark.what.quote.exact : "";
    const title = mark.what.is === "bookmark" ? `${sayKind(mark)}: ${mark.what.heading || mark.what.title}` : sayKind(mark);
    const subject = { id: mark.id, title, quote: quoted, note: mark.note, news, remove: () => this.#remove(mark) };
    this.#sheet.open({ ...subject, keep: (note) => this.#keeping.write(mark, note) }, back);
  }

  async #remove(mark: Mark): Promise<void> {
    const range = this.#display.shown.find((shown) => shown.mark.id === mark.id)?.range;
    await this.#keeping.remove(mark);
    // What had the focus is gone: Tab goes on from where it was.
    if (range) getSelection()?.collapse(range.startContainer, range.startOffset);
    this.#tell(say("marks.deleted"));
  }

  /** The mark is from now on at the words as they are. */
  async #accept({ mark, found }: Shown): Promise<void> {
    const { text } = this.#display.text;
    const selector = found && quote(text, found);
    if (!selector) return;
    await this.#keeping.move(mark, { ...this.#describe(document.getElementById(mark.what.section) ?? undefined), ...selector });
    await this.#update();
    const shown = this.#display.shown.find((one) => one.mark.id === mark.id);
    if (shown && this.#sheet.isOpenAt(mark.id)) this.#sheet.close();
    this.#tell(say("marks.accepted"));
  }

  /** A touch on marked words opens what is written to them. */
  #touch({ target, clientX, clientY }: MouseEvent): void {
    if (!getSelection()?.isCollapsed || (target instanceof Element && target.closest("a, button, input, label, summary, .tb-mine"))) return;
    const shown = this.#display.findAt(clientX, clientY);
    if (shown) this.#open(shown);
  }

  #leave(): void {
    getSelection()?.removeAllRanges();
    if (this.#bar.isFocused) this.#before?.focus({ preventScroll: true });
    this.#hide();
  }

  #hide(): void {
    this.#bar.hide();
    this.#chosen = this.#passage = this.#before = undefined;
  }

  #tell(text: string): void {
    this.#status.textContent = text;
    clearTimeout(this.#told);
    this.#told = window.setTimeout(() => (this.#status.textContent = ""), TOLD);
  }

  /** The heading above the chosen words, or above what is on the screen. */
  #findSection(): HTMLElement | undefined {
    const headings = [...this.article.querySelectorAll<HTMLElement>("h2[id], h3[id]")];
    const range = this.#chosen && this.#display.text.toRange(this.#chosen);
    const isAbove = (heading: HTMLElement): boolean => (range ? range.comparePoint(heading, 0) <= 0 : heading.getBoundingClientRect().top < innerHeight / 2);
    return headings.filter(isAbove).at(-1);
  }

  #findBookmark(heading: HTMLElement | undefined): Mark | undefined {
    return listMarks(this.#marks, this.module).find(({ what }) => what.is === "bookmark" && what.section === (heading?.id ?? ""));
  }

  #describe(heading: HTMLElement | undefined): Place {
    return { title: nameHeading(this.article.querySelector("h1")), section: (heading?.id ?? "").slice(0, LONGEST_NAME), heading: nameHeading(heading) };
  }
}

/** Whether it is in what lies over the page. */
function isAside(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("dialog, [popover]") !== null;
}

/** What a heading says, without the link to it. */
function nameHeading(heading: Element | null | undefined): string {
  const parts = [...(heading?.childNodes ?? [])].filter((part) => !(part instanceof Element && part.matches(".headerlink, .tb-mine")));
  return parts.map(({ textContent }) => textContent).join("").trim().slice(0, LONGEST_NAME);
}

let opened: Promise<MarkedPage> | undefined;

/** Shows the marks of this page, once, and does what a key or the button asks for. */
export async function heed(event?: Event): Promise<void> {
  const page = await (opened ??= begin());
  if (event instanceof KeyboardEvent) page.press(event);
  else if (event) page.choose();
}

async function begin(): Promise<MarkedPage> {
  const [article, module] = [document.querySelector<HTMLElement>("article"), document.querySelector<HTMLElement>("tb-done")?.dataset["module"]];
  if (!article || !module) throw new Error("no lesson");
  const [keeping] = await Promise.all([Keeping.open(), loadStyle()]);
  const page = new MarkedPage(article, module, keeping);
  await page.begin();
  return page;
}
