import { makeActions, makeButton, say, turnOn } from "trackbook";
import type { Head, Link, Model } from "../transformer";
import { Controls } from "./controls";
import { keepFallback, type Parts } from "./fallback";
import { showPicture } from "./picture";
import { fillHeads, fillOdds, fillPath, fillRow, fillWords, nameCuts, type Hand } from "./panels";
import { listFitting, Reading } from "./reading";
import { isSame, isSameLink, nameHead, toggle, writeWhole, type State } from "./state";
import { sayAnswer } from "./saying";
import type { Scene } from "./scene";
import { splitWords, START } from "./words";

/** Between two words of a text that goes on by itself, in milliseconds. */
const PACE = 150;

/** The figures of the page, drawn anew for whatever a learner sets. */
export class Page implements Hand {
  readonly controls: HTMLElement;
  onChange: (state: string | undefined) => void = () => undefined;
  readonly #controls: Controls;
  readonly #parts: Parts;
  readonly #model: Model;
  #state: State;
  #scene: Scene | undefined;
  #reading: Reading | undefined;
  #going: number | undefined;
  #turn = 0;

  constructor(parts: Parts, model: Model, examples: readonly (readonly [string, string])[]) {
    [this.#parts, this.#model, this.#state] = [parts, model, parts.first];
    this.#controls = new Controls({ known: model.words, examples, head: nameHead(parts.first.head) }, parts.signal, {
      read: (text) => this.#set({ ...this.#state, text, links: [], place: undefined }),
      add: () => this.#add(),
      goOn: () => this.#goOn(),
      reset: () => this.#set(parts.first),
      cut: () => this.cutHead(parts.first.head),
    });
    this.controls = this.#controls.node;
    keepFallback(parts, this.controls, () => clearTimeout(this.#going));
    this.#offerScene();
  }

  show(state: State): void {
    this.#set(state);
  }

  focus(): void {
    this.controls.querySelector("textarea")?.focus();
  }

  follow(place: number): void {
    this.#set({ ...this.#state, place });
  }

  choose(head: Head): void {
    this.#set({ ...this.#state, head });
  }

  cutHead(head: Head): void {
    this.#set({ ...this.#state, heads: toggle(this.#state.heads, head, isSame) });
  }

  cutLink(link: Link): void {
    this.#set({ ...this.#state, links: toggle(this.#state.links, link, isSameLink) });
  }

  #set(state: State): void {
    clearTimeout(this.#going);
    this.#state = this.#fit(state);
    this.#controls.write(this.#state.text);
    this.onChange(writeWhole(this.#state) === writeWhole(this.#parts.first) ? undefined : writeWhole(this.#state));
    this.#later(() => this.#draw());
  }

  /** After the next picture, unless something else was set: a press is answered before the model is. */
  #later(work: () => void): void {
    const turn = ++this.#turn;
    void showPicture().then(() => turn === this.#turn && !this.#parts.signal.aborted && work());
  }

  /** After whatever is still to be drawn, which would say something else. */
  #tell(text: string): void {
    this.#later(() => {
      this.#draw();
      this.#parts.status.textContent = text;
    });
  }

  /** Does `work`; a part that it draws anew keeps the focus. */
  #keepFocus(work: () => void): void {
    const { widget } = this.#parts;
    const key = document.activeElement instanceof HTMLElement && widget.contains(document.activeElement) ? document.activeElement.dataset["key"] : undefined;
    work();
    if (key) widget.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus({ preventScroll: true });
  }

  /** Without cuts and places that the text or the model doesn't have. */
  #fit(state: State): State {
    const count = splitWords(state.text, this.#model.words).length;
    const { layers, heads } = this.#model;
    const isThere = (one: Head): boolean => one.layer < layers && one.head < heads;
    const place = state.place !== undefined && state.place >= 0 && state.place < count - 1 ? state.place : undefined;
    const links = state.links.filter((link) => isThere(link) && link.to <= link.from && link.from < count);
    return { ...state, place, links, heads: state.heads.filter(isThere), head: isThere(state.head) ? state.head : this.#parts.first.head };
  }

  #draw(): void {
    const { words: list, figures, status } = this.#parts;
    const words = splitWords(this.#state.text, this.#model.words);
    const place = this.#state.place ?? words.length - 1;
    const unknown = [...new Set(words.filter((word) => !this.#model.words.includes(word)))];
    const isReadable = unknown.length === 0 && words.length > 0 && words.length <= this.#model.context;
    this.#controls.show(this.#state.heads.some((head) => isSame(head, this.#parts.first.head)));
    this.#controls.offerNear(words, unknown, (at) => listFitting(this.#model, words.slice(0, at)));
    this.#keepFocus(() => fillWords(list, words, place, this.#model.words, this));
    figures.hidden = !isReadable;
    if (isReadable) {
      const reading = (this.#reading = new Reading(this.#model, words, place, this.#state, this.#reading));
      fillOdds(this.#find(".tb-odds"), reading, nameCuts(this.#state, words));
      this.#find(".tb-odds caption").textContent = say("tiny-gpt.odds", { word: words[place] ?? "" });
      status.textContent = sayAnswer(reading, this.#state);
      this.#later(() => this.#keepFocus(() => this.#fill(reading)));
    } else if (unknown.length > 0) {
      status.textContent = say("tiny-gpt.unknown", { count: unknown.length, words: unknown.map((word) => `“${word}”`).join(", ") });
    } else {
      status.textContent = say("tiny-gpt.too_long", { words: words.length, most: this.#model.context });
    }
  }

  #find(kind: string): Element {
    return this.#parts.figures.querySelector(kind)!;
  }

  #fill(reading: Reading): void {
    const word = reading.words[reading.place] ?? "";
    fillHeads(this.#find(".tb-heads"), reading, this.#state, this);
    fillRow(this.#find(".tb-row"), reading, this.#state, this);
    fillPath(this.#find(".tb-path"), reading);
    this.#find(".tb-heads caption").textContent = say("tiny-gpt.heads", { word });
    this.#find(".tb-of-row").textContent = say("tiny-gpt.row", { head: nameHead(this.#state.head), word });
    this.#find(".tb-path caption").textContent = say("tiny-gpt.path", { word });
    if (this.#scene) this.#later(() => this.#scene?.show(reading, this.#state));
  }

  /** Adds the likeliest next word; whether one was added. */
  #add(): boolean {
    const words = splitWords(this.#state.text, this.#model.words);
    if (this.#parts.figures.hidden) return false;
    if (words.length >= this.#model.context) {
      this.#tell(say("tiny-gpt.full", { most: this.#model.context }));
      return false;
    }
    const [next] = new Reading(this.#model, words, words.length - 1, this.#state, this.#reading).next;
    if (next === START) {
      this.#tell(say("tiny-gpt.over"));
      return false;
    }
    this.#set({ ...this.#state, text: `${this.#state.text.trimEnd()} ${next}`, place: undefined });
    return true;
  }

  #goOn(): void {
    if (this.#add()) this.#going = setTimeout(() => this.#goOn(), PACE);
  }

  /** The view in layers comes when asked for, and so does its code. */
  #offerScene(): void {
    const { figures, signal, status } = this.#parts;
    const button = makeButton(say("tiny-gpt.layers"), signal, () => void open());
    const row = makeActions(button);
    const open = async (): Promise<void> => {
      button.disabled = true;
      const module = await import("./scene").catch(() => undefined);
      if (signal.aborted) return;
      if (!module) {
        this.#tell(say("tiny-gpt.layers_failed"));
        turnOn(button);
        return;
      }
      this.#scene = new module.Scene(signal, (text) => (status.textContent = text));
      row.replaceWith(this.#scene.node);
      this.#later(() => this.#draw());
      this.#scene.focus();
    };
    const odds = figures.querySelector(".tb-odds");
    (odds?.closest(".tb-scroll") ?? odds)?.after(row);
  }
}
