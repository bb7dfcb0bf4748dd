import { makeActions, makeButton, makeStatus } from "../controls";
import { make, makeLink } from "../make";
import type { LearnersRecord } from "../record/record";
import type { CourseName } from "../record/transfer";
import { noteReturn } from "../resume";
import { say } from "../texts";
import type { FilePart } from "./file-part";
import { Meter } from "./meter";

/** A file of more bytes takes so long that its learner wants to see that something happens. */
const LONG = 500_000;

/** The part of the page of progress about the record itself: to export, to import, to keep in a file, and, apart, to delete. */
export class RecordPart {
  readonly element = make("section", "tb-record", make("h2", "", say("progress.record")));
  readonly #record: LearnersRecord;
  readonly #course: CourseName;
  readonly #signal: AbortSignal;
  readonly #entries = make("p");
  readonly #waiting = make("p");
  readonly #hint = make("p", "tb-evict", say("progress.evict"));
  readonly #status = makeStatus();
  readonly #erase: HTMLButtonElement;
  /** Only where the browser can write into files. */
  #file: FilePart | undefined;
  #count = 0;
  #mayBeEvicted = false;
  #question: HTMLElement | undefined;

  constructor(record: LearnersRecord, course: CourseName, signal: AbortSignal) {
    [this.#record, this.#course, this.#signal] = [record, course, signal];
    this.#erase = makeButton(say("progress.erase"), signal, () => void this.#ask());
  }

  async begin(): Promise<void> {
    this.#mayBeEvicted = await mayBeEvicted();
    const erasing = make("div", "tb-erase", makeActions(this.#erase));
    this.element.append(this.#entries, this.#waiting, this.#hint, ...this.#makeWays(), await this.#makeFile(), this.#status, erasing);
  }

  show(count: number, waiting: number): void {
    this.#count = count;
    this.#showCount();
    this.#waiting.textContent = waiting > 0 ? say("record.waiting", { count: waiting }) : "";
    this.#waiting.hidden = waiting === 0;
  }

  #showCount(): void {
    this.#entries.textContent = say(this.#file?.isChosen ? "progress.entries_here" : "progress.entries", { count: this.#count });
    this.#hint.hidden = !this.#mayBeEvicted || this.#file?.isKept === true;
  }

  /** Out, with the choice of what goes along, and in. */
  #makeWays(): HTMLElement[] {
    const file = make("input");
    file.type = "file";
    file.accept = ".json,application/json";
    file.hidden = true; // the button opens it
    file.addEventListener("change", () => void this.#import(file), { signal: this.#signal });
    const drafts = make("input");
    drafts.type = "checkbox";
    const leave = makeActions(
      makeButton(say("progress.export"), this.#signal, () => void this.#export(drafts.checked)),
      make("label", "", drafts, ` ${say("progress.drafts")}`),
    );
    return [leave, makeActions(makeButton(say("progress.import"), this.#signal, () => file.click())), file];
  }

  /** Where record and file are kept the same; without that, what does so by hand. */
  async #makeFile(): Promise<HTMLElement> {
    if (!("showDirectoryPicker" in window && "showOpenFilePicker" in window)) return make("p", "", say("progress.file_by_hand"));
    const { FilePart } = await import("./file-part");
    this.#file = new FilePart(this.#record, this.#course, (text) => (this.#status.textContent = text), () => this.#showCount(), this.#signal);
    await this.#file.begin();
    return this.#file.element;
  }

  async #export(withDrafts: boolean): Promise<void> {
    const { exportRecord } = await import("../record/transfer");
    const link = makeLink(URL.createObjectURL(await exportRecord(this.#record, this.#course, withDrafts)), "");
    link.download = `${say("progress.file")}-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async #import(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    input.disabled = true; // one file at a time
    this.#status.textContent = "";
    const { importRecord, Refusal } = await import("../record/transfer");
    const meter = new Meter(say("progress.import"));
    if (file.size > LONG) this.#status.before(meter.element);
    try {
      const count = await importRecord(this.#record, file, this.#course, (share) => meter.show(share));
      if (count > 0) noteReturn(true);
      this.#status.textContent = count > 0 ? say("progress.imported", { count }) : say("progress.imported_none");
    } catch (error) {
      this.#status.textContent = error instanceof Refusal ? say(`progress.refuse_${error.reason}`, error.values) : say("progress.refuse_json");
    }
    meter.element.remove();
    input.disabled = false;
    input.value = "";
  }

  /** Deleting is asked for twice, the second time in words that say what goes. */
  async #ask(): Promise<void> {
    if (this.#question) return;
    const { length: count } = await this.#record.readAll();
    const yes = makeButton(say("progress.erase_yes"), this.#signal, () => void this.#delete());
    const no = makeButton(say("progress.erase_no"), this.#signal, () => this.#close(""), "tb-main");
    this.#question = make("div", "tb-sure", make("p", "", say("progress.erase_sure", { count })), makeActions(no, yes));
    this.#question.setAttribute("role", "group");
    this.#erase.parentElement?.after(this.#question);
    no.focus();
  }

  /** First the file: what it holds would come back. */
  async #delete(): Promise<void> {
    const name = await this.#file?.forget();
    const said = say((await this.#record.clear()) ? "progress.erased" : "progress.erase_failed");
    this.#close(name === undefined ? said : `${said} ${say("progress.file_stays", { name })}`);
  }

  #close(text: string): void {
    this.#question?.remove();
    this.#question = undefined;
    this.#status.textContent = text;
    this.#erase.focus();
  }
}

async function mayBeEvicted(): Promise<boolean> {
  return !(await navigator.storage?.persisted?.().catch(() => false));
}
