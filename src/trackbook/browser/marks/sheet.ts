import { makeActions, makeButton, makeStatus } from "../controls";
import { make } from "../make";
import { LONGEST_NOTE } from "../record/marks-limits";
import { say } from "../texts";

/** What a sheet shows, and what is to be done with what its reader writes. */
export interface Subject {
  /** Names the mark that it is about. */
  readonly id: string;
  readonly title: string;
  readonly quote: string;
  readonly note: string;
  /** What to say where the text is another one now. */
  readonly news: readonly Node[];
  /** Keeps what was written; says in words why it can't, else nothing. */
  readonly keep: (note: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** One note at a time, to read, write and delete. However it is closed, what was written is kept. */
export class Sheet {
  readonly #element = make("dialog", "tb-mine tb-mine-sheet");
  readonly #status = makeStatus();
  readonly #field = make("textarea");
  #subject: Subject | undefined;
  /** What was written last, so that it is kept once. */
  #kept = "";
  #back: HTMLElement | undefined;

  constructor(signal: AbortSignal) {
    this.#field.maxLength = LONGEST_NOTE;
    this.#field.rows = 4;
    this.#element.addEventListener("cancel", (event) => {
      event.preventDefault();
      void this.#close();
    });
    this.#element.addEventListener("click", ({ target }) => void (target === this.#element && this.#close()));
    document.addEventListener("visibilitychange", () => void (document.visibilityState === "hidden" && this.#keep()), { signal });
    document.body.append(this.#element);
  }

  /** `back` has the focus when it is closed; without one, what has it now. */
  open(subject: Subject, back?: HTMLElement): void {
    this.#subject = subject;
    this.#back = back;
    this.#kept = this.#field.value = subject.note;
    const signal = new AbortController().signal;
    const title = make("h2", "", subject.title);
    title.id = "tb-mine-title";
    const label = make("label", "", make("span", "", say("marks.write")), this.#field);
    const close = makeButton("×", signal, () => void this.#close(), "tb-quiet tb-mine-close");
    close.setAttribute("aria-label", say("marks.close"));
    const actions = makeActions(
      makeButton(say("marks.keep"), signal, () => void this.#close(), "tb-main"),
      makeButton(say("marks.delete"), signal, () => void this.#remove(), "tb-quiet"),
    );
    const quote = subject.quote ? [make("blockquote", "", subject.quote)] : [];
    this.#status.textContent = "";
    this.#element.setAttribute("aria-labelledby", title.id);
    this.#element.replaceChildren(make("div", "tb-mine-head", title, close), ...quote, ...subject.news, label, actions, this.#status, make("p", "tb-mine-hint", say("marks.private")));
    if (!this.#element.open) this.#element.showModal();
    this.#field.focus();
  }

  isOpenAt(id: string): boolean {
    return this.#subject?.id === id;
  }

  close(): void {
    void this.#close();
  }

  async #keep(): Promise<string> {
    const [note, subject] = [this.#field.value, this.#subject];
    if (!subject || note === this.#kept) return "";
    this.#kept = note;
    const trouble = await subject.keep(note);
    this.#status.textContent = trouble;
    return trouble;
  }

  /** Stays open once where it could not be kept: its writer can take the words elsewhere. */
  async #close(): Promise<void> {
    if (!(await this.#keep())) this.#leave();
  }

  async #remove(): Promise<void> {
    await this.#subject?.remove();
    this.#leave();
  }

  #leave(): void {
    this.#subject = undefined;
    this.#element.close();
    if (this.#back?.isConnected) this.#back.focus();
  }
}
