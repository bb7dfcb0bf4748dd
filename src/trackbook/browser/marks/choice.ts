import { say } from "../texts";
import { Bar, type Verbs } from "./bar";
import type { PageText, Span } from "./page-text";
import { sayWords } from "./saying";

/** Milliseconds in which words are still being chosen. */
const CHOOSING = 250;
/** What the header covers at the top of the screen, about. */
const HEADER = 90;

/** What the choice asks of its page: its text as it is now, and whether a bookmark is at the words. */
interface Around {
  readonly text: () => PageText;
  readonly isBookmarked: (words: Range) => boolean;
}

/** The words that a reader has chosen, by hand or passage by passage, with the bar beside them. */
export class Choice {
  readonly #bar: Bar;
  #span: Span | undefined;
  /** Where the reader is, who goes through passages; and where the focus was before. */
  #passage: HTMLElement | undefined;
  #before: HTMLElement | undefined;
  #timer = 0;

  constructor(
    readonly article: HTMLElement,
    readonly around: Around,
    verbs: Omit<Verbs, "step" | "close">,
    signal: AbortSignal,
  ) {
    this.#bar = new Bar({ ...verbs, step: (by) => this.#step(by), close: () => this.leave() }, signal);
    document.addEventListener("selectionchange", () => this.#wait(), { signal });
    this.#wait();
  }

  get span(): Span | undefined {
    // On a phone, words are still being chosen while the bar is there.
    if (this.#timer) this.#look();
    return this.#span;
  }

  get words(): Range | undefined {
    return this.#span && this.around.text().toRange(this.#span);
  }

  /** What the focus goes back to when what was opened for the words is closed. */
  get before(): HTMLElement | undefined {
    return this.#before;
  }

  /** The way without chosen words: the passage at hand is chosen, and arrow keys lead to others. */
  begin(): void {
    const passages = this.around.text().listPassages();
    const { activeElement } = document;
    this.#before = activeElement instanceof HTMLElement ? activeElement : undefined;
    this.#passage = passages.find((passage) => passage.contains(activeElement)) ?? passages.find((passage) => passage.getBoundingClientRect().bottom > HEADER);
    this.#step(0);
    this.#bar.focus();
  }

  tell(text: string): void {
    this.#bar.tell(text);
  }

  leave(): void {
    getSelection()?.removeAllRanges();
    if (this.#bar.isFocused) this.#before?.focus({ preventScroll: true });
    this.#hide();
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
    this.#span = isOurs ? this.around.text().toSpan(range) : undefined;
    const { words } = this;
    if (!words) {
      if (!this.#bar.isFocused) this.#hide();
    } else if (!this.#passage) this.#bar.show(words, this.around.isBookmarked(words), false);
  }

  #step(by: number): void {
    const passages = this.around.text().listPassages();
    const at = Math.max(0, Math.min(passages.length - 1, passages.indexOf(this.#passage as HTMLElement) + by));
    const passage = passages[at];
    if (!passage) return;
    this.#passage = passage;
    const range = document.createRange();
    range.selectNodeContents(passage);
    this.#span = this.around.text().toSpan(range);
    const { words } = this;
    if (!words) return;
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(words);
    passage.scrollIntoView({ block: "nearest" });
    this.#bar.show(words, this.around.isBookmarked(words), true);
    this.#bar.tell(say("marks.chosen", { number: at + 1, total: passages.length, words: sayWords(words.toString()) }));
  }

  #hide(): void {
    this.#bar.hide();
    this.#span = this.#passage = this.#before = undefined;
  }
}
