import { makeActions, makeButton, whenGone } from "../controls";
import { make } from "../make";
import { NAME, readChosen, type Chosen, type FileTrouble } from "../record/chosen";
import { followFile } from "../record/following";
import type { LearnersRecord } from "../record/record";
import { adoptFile, forgetFile, READ_AND_WRITE, syncFile } from "../record/syncing";
import type { CourseName } from "../record/transfer";
import { say } from "../texts";

/** The browser opens its windows where the learner was last, by this name. */
const PLACE = "trackbook";
const TYPES = [{ accept: { "application/json": [".json"] } }];
const UNITS = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]] as const;

/**
 * Where the record is kept beside this browser: offered, chosen, or in trouble. A file is made in a folder, and otherwise opened, never
 * "saved as": https://github.com/WICG/file-system-access/issues/360 empties a file that is there before anybody can read it.
 */
export class FilePart {
  readonly element = make("div", "tb-record-file");
  readonly #record: LearnersRecord;
  readonly #course: CourseName;
  readonly #tell: (text: string) => void;
  readonly #changed: () => void;
  readonly #signal: AbortSignal;
  /** How it stands with the file, which screen readers say when it changes. */
  readonly #state = make("p");
  /** What is shown, so that nothing is made anew under a learner's hands. */
  #shown = "";
  #chosen: Chosen | undefined;

  /** `tell` says what came of a press; `changed` hears whenever something else is shown. */
  constructor(record: LearnersRecord, course: CourseName, tell: (text: string) => void, changed: () => void, signal: AbortSignal) {
    [this.#record, this.#course, this.#tell, this.#changed, this.#signal] = [record, course, tell, changed, signal];
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", say("progress.file_also"));
    this.#state.setAttribute("aria-live", "polite");
    const channel = new BroadcastChannel(NAME);
    channel.addEventListener("message", () => void this.update());
    whenGone(signal, () => channel.close());
    document.addEventListener("visibilitychange", () => void this.update(), { signal });
  }

  get isChosen(): boolean {
    return this.#chosen !== undefined;
  }

  /** Whether the record is there as well. */
  get isKept(): boolean {
    return this.#chosen !== undefined && !this.#chosen.trouble;
  }

  /** Shows how it is, and from then on keeps record and file the same. */
  async begin(): Promise<void> {
    await this.update();
    followFile(this.#record, this.#signal);
  }

  /** Tells the name of the file, if one was chosen, and lets go of it. */
  async forget(): Promise<string | undefined> {
    const chosen = await readChosen();
    await forgetFile();
    return chosen?.handle.name;
  }

  async update(): Promise<void> {
    const chosen = await readChosen();
    const now = JSON.stringify([chosen?.handle.name, chosen?.words, chosen?.trouble, chosen?.seen && sayAgo(chosen.seen.at)]);
    if (now === this.#shown || this.#signal.aborted) return;
    this.#shown = now;
    this.#chosen = chosen;
    const focused = this.#findFocused();
    this.element.replaceChildren(...(chosen ? this.#show(chosen) : this.#offer()));
    if (focused !== undefined) (this.element.querySelector<HTMLElement>(`[data-does="${focused}"]`) ?? this.element.querySelector("button"))?.focus();
    const state = chosen ? sayState(chosen) : "";
    if (this.#state.textContent !== state) this.#state.textContent = state;
    this.#changed();
  }

  #findFocused(): string | undefined {
    const focused = document.activeElement;
    return focused instanceof HTMLElement && this.element.contains(focused) ? (focused.dataset["does"] ?? "") : undefined;
  }

  #offer(): Node[] {
    return [make("p", "", say("progress.file_offer")), makeActions(...this.#makeChoices(""))];
  }

  #show({ handle, words, trouble }: Chosen): Node[] {
    const drafts = make("input");
    drafts.type = "checkbox";
    drafts.checked = words === "in";
    drafts.dataset["does"] = "words";
    drafts.addEventListener("change", () => void this.#sync({ words: drafts.checked ? "in" : "leaving" }), { signal: this.#signal });
    const head = make("p", "", make("strong", "", say("progress.file_also")), " ", make("bdi", "tb-file-name", handle.name));
    const label = make("p", "", make("label", "", drafts, ` ${say("progress.drafts")}`));
    const stop = this.#makeButton("stop", () => void this.#stop());
    this.#state.className = trouble ? "tb-file-trouble" : "";
    return [head, this.#state, ...(trouble ? [this.#makeWayOut(trouble)] : []), label, makeActions(...this.#makeChoices("_other"), stop)];
  }

  /** Leave can only be asked for at a press. */
  #makeWayOut({ why }: FileTrouble): HTMLElement {
    const button = why === "leave" ? this.#makeButton("give", () => void this.#askLeave(), "tb-main") : this.#makeButton("again", () => void this.#sync(), "tb-main");
    return makeActions(button);
  }

  /** `kind` is the ending of their words. */
  #makeChoices(kind: "" | "_other"): HTMLElement[] {
    const makeIn = async (): Promise<FileSystemFileHandle> => {
      const folder = await window.showDirectoryPicker!({ id: PLACE, ...READ_AND_WRITE });
      return folder.getFileHandle(nameFile(this.#course), { create: true });
    };
    const open = async (): Promise<FileSystemFileHandle> => (await window.showOpenFilePicker!({ id: PLACE, types: TYPES }))[0];
    return [this.#makeButton(`folder${kind}`, () => void this.#choose(makeIn)), this.#makeButton(`open${kind}`, () => void this.#choose(open))];
  }

  #makeButton(does: string, act: () => void, kind = ""): HTMLElement {
    const button = makeButton(say(`progress.file_${does}`), this.#signal, act, kind);
    button.dataset["does"] = does.replace("_other", "");
    return button;
  }

  async #choose(pick: () => Promise<FileSystemFileHandle>): Promise<void> {
    this.#tell("");
    try {
      const handle = await pick();
      const former = await readChosen();
      // A press is asked for, which a browser may think is long ago: then there is a button for it.
      await handle.requestPermission(READ_AND_WRITE).catch(() => undefined);
      const { trouble } = await adoptFile(this.#record, { handle, course: this.#course, words: former?.words === "in" ? "in" : "out" });
      if (trouble && trouble.why !== "leave") this.#tell(say("progress.file_not_taken", { name: handle.name, why: sayTrouble(trouble) }));
    } catch (error) {
      const isLeft = error instanceof DOMException && error.name === "AbortError";
      if (!isLeft) this.#tell(say("progress.file_failed"));
    }
    await this.update();
  }

  async #askLeave(): Promise<void> {
    const chosen = await readChosen();
    await chosen?.handle.requestPermission(READ_AND_WRITE).catch(() => undefined);
    await this.#sync();
  }

  /** Where it goes as before, that is said once more. */
  async #sync(changes: Partial<Chosen> = {}): Promise<void> {
    this.#tell("");
    this.#state.textContent = "";
    this.#shown = "";
    await syncFile(this.#record, { course: this.#course, ...changes }).catch(() => undefined);
    await this.update();
  }

  async #stop(): Promise<void> {
    const name = await this.forget();
    await this.update();
    if (name !== undefined) this.#tell(say("progress.file_stopped", { name }));
  }
}

function sayState({ seen, trouble }: Chosen): string {
  if (trouble) return `${sayTrouble(trouble)} ${say("progress.file_meanwhile")}`;
  return say("progress.file_saved", { when: sayAgo(seen?.at ?? 0) });
}

function sayTrouble({ why, values }: FileTrouble): string {
  return say(why.startsWith("refuse_") ? `progress.${why}` : `progress.file_${why}`, values);
}

/** Of two courses in one folder, each has a file of its own. */
function nameFile({ id }: CourseName): string {
  return `${id.replace(/[^a-z0-9]+/gi, "-").slice(0, 60)}.trackbook.json`;
}

/** "2 minutes ago", in whole steps. */
function sayAgo(at: number): string {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  const ago = Math.max(0, Date.now() - at);
  const [unit, length] = UNITS.find(([, length]) => ago >= length) ?? ["second", Infinity];
  return format.format(-Math.floor(ago / length) || 0, unit);
}
