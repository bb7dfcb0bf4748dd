/** Highlights, notes and bookmarks of the learner's own on the page of a lesson. Its code comes with the first words that are chosen, or where there are some. */
import { isLetter, isTyping } from "../asking";
import { makeStatus } from "../controls";
import { noMarks } from "../record/marks";
import { LONGEST_QUOTE } from "../record/marks-limits";
import { say } from "../texts";
import { quote } from "./anchor";
import { Choice } from "./choice";
import { Keeping } from "./keeping";
import { whenMoved } from "./margin";
import { sayKind } from "./naming";
import { pointAt } from "./pointing";
import { listMarks, type Mark } from "./reading";
import { describe, findHeading } from "./sections";
import { Display, makeNews, type Shown } from "./shown";
import { Sheet } from "./sheet";
import { loadStyle } from "./sheet-style";

/** Milliseconds in which a word on what was done stays. */
const TOLD = 4000;

class MarkedPage {
  readonly #keeping: Keeping;
  readonly #display: Display;
  readonly #sheet: Sheet;
  readonly #choice: Choice;
  readonly #status = makeStatus();
  readonly #signal = new AbortController().signal;
  #marks = noMarks();
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
    const verbs = { highlight: () => void this.#highlight(), note: () => void this.#highlight(true), bookmark: () => void this.#bookmark(), link: () => void this.#copyLink() };
    const link = document.querySelector<HTMLAnchorElement>(".tb-report");
    const report = link ? () => void this.#report(link) : undefined;
    const around = { text: () => this.#display.text, isBookmarked: (words: Range) => this.#findBookmark(findHeading(article, words)) !== undefined };
    this.#choice = new Choice(article, around, { ...verbs, report }, this.#signal);
    this.#status.classList.add("tb-mine", "tb-mine-told");
    document.querySelector("main")?.append(this.#status);
  }

  async begin(): Promise<void> {
    await this.#update();
    this.#keeping.record.addEventListener("change", () => void this.#update(), { signal: this.#signal });
    this.article.addEventListener("click", (event) => this.#touch(event), { signal: this.#signal });
    whenMoved(this.article, this.#signal, () => this.#display.arrange(), () => this.#display.show(this.#marks, this.module));
  }

  /** By `m` a note, by `b` a bookmark: of the words that are chosen, else at the place on the screen. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || !isLetter(event) || isTyping(event.target) || isAside(event.target)) return;
    if (event.key === "b") void this.#bookmark();
    else if (this.#choice.span) void this.#highlight(true);
    else this.choose();
  }

  choose(): void {
    this.#choice.begin();
  }

  async #update(): Promise<void> {
    const turn = ++this.#turn;
    const marks = await this.#keeping.read();
    if (turn !== this.#turn) return;
    this.#marks = marks;
    this.#display.show(marks, this.module);
  }

  /** Highlights the chosen words; with a note to them, if one is to be written. */
  async #highlight(withNote = false): Promise<void> {
    const { span, words, before } = this.#choice;
    const selector = span && quote(this.#display.text.text, span);
    if (!span) return;
    if (!selector) return this.#choice.tell(say("marks.long", { most: LONGEST_QUOTE }));
    const place = { ...describe(this.article, findHeading(this.article, words)), ...selector };
    this.#choice.leave();
    const id = await this.#keeping.add(this.module, place);
    await this.#update();
    const shown = this.#display.shown.find(({ mark }) => mark.id === id);
    if (withNote && shown) this.#open(shown, before);
    else this.#tell(this.#keeping.say(say("marks.highlighted")));
  }

  /** Puts a bookmark at the section of the chosen words, or takes it away. */
  async #bookmark(): Promise<void> {
    const heading = findHeading(this.article, this.#choice.words);
    const bookmark = this.#findBookmark(heading);
    this.#choice.leave();
    if (bookmark) return this.#remove(bookmark);
    const section = describe(this.article, heading);
    await this.#keeping.add(this.module, section);
    this.#tell(this.#keeping.say(say("marks.bookmarked", { heading: section.heading || section.title })));
  }

  async #copyLink(): Promise<void> {
    const { words } = this.#choice;
    if (!words) return;
    const address = pointAt(words, describe(this.article, findHeading(this.article, words)).section);
    this.#choice.leave();
    try {
      await navigator.clipboard.writeText(address);
      this.#tell(say("marks.copied"));
    } catch {
      this.#tell(say("marks.uncopied", { address }));
    }
  }

  async #report(link: HTMLAnchorElement): Promise<void> {
    const { words } = this.#choice;
    this.#choice.leave();
    // Without its code the link still leads there.
    await import("../report").then(({ showReport }) => showReport(link, words), () => location.assign(link.href));
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
    await this.#keeping.move(mark, { ...describe(this.article, document.getElementById(mark.what.section) ?? undefined), ...selector });
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

  #tell(text: string): void {
    this.#status.textContent = text;
    clearTimeout(this.#told);
    this.#told = window.setTimeout(() => (this.#status.textContent = ""), TOLD);
  }

  #findBookmark(heading: HTMLElement | undefined): Mark | undefined {
    return listMarks(this.#marks, this.module).find(({ what }) => what.is === "bookmark" && what.section === (heading?.id ?? ""));
  }
}

/** Whether it is in what lies over the page. */
function isAside(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("dialog, [popover]") !== null;
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
