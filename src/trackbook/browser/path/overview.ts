import { defineElement } from "../element";
import { followState, type Seen } from "../glimpse";
import { make, makeLink } from "../make";
import { say } from "../texts";
import { findStand, locatePlace, readPage } from "./place";

type Mark = "done" | "begun" | "";

/** The path of a module on its overview: what is done and begun of it, and a button that leads to where the learner was. */
class ModulePath {
  readonly #key: string;
  readonly #button: HTMLAnchorElement | null;
  readonly #begins: string;
  readonly #first: readonly Node[];
  #turn = 0;

  constructor(readonly element: HTMLElement) {
    this.#key = element.dataset["module"] ?? "";
    this.#button = element.querySelector<HTMLAnchorElement>(".tb-loud");
    this.#begins = this.#button?.href ?? "";
    this.#first = [...(this.#button?.childNodes ?? [])];
  }

  /** What comes late shows nothing: the record may have changed meanwhile. */
  async show({ done, places, answers, memories }: Seen): Promise<void> {
    const turn = ++this.#turn;
    const isDone = done.has(this.#key);
    const place = isDone ? undefined : places.get(this.#key);
    const answered = [...answers.keys(), ...memories.keys()].filter((item) => item.startsWith(`${this.#key}#`));
    const [lesson, practice] = await Promise.all([place ? this.#read("lesson") : undefined, answered.length > 0 ? this.#read("practice") : undefined]);
    if (turn !== this.#turn) return;
    const question = place ? findQuestion(practice, new Set(answered)) : undefined;
    if (question) this.#showQuestion(question, place ?? "");
    else this.#showWay(place, lesson, isDone);
    this.#mark("lesson", isDone ? "done" : places.has(this.#key) ? "begun" : "");
    this.#mark("practice", isDone ? "done" : markPractice(practice, new Set(answered)));
    this.#mark("cheatsheet", isDone ? "done" : "");
  }

  #find(kind: string): HTMLElement | null {
    return this.element.querySelector(`li[data-kind="${kind}"]`);
  }

  async #read(kind: string): Promise<Document | undefined> {
    const link = this.#find(kind)?.querySelector("a");
    return link ? readPage(link.href) : undefined;
  }

  /** Only a lesson has a place to go on from; one that has lost its section since leads to the lesson's beginning. */
  #showWay(place: string | undefined, page: Document | undefined, isDone: boolean): void {
    const button = this.#button;
    const link = this.#find("lesson")?.querySelector("a");
    if (!button || link?.href !== this.#begins) return;
    const stand = place && page ? findStand(page, place, Number(this.#find("lesson")?.dataset["minutes"])) : undefined;
    const goesOn = place && (stand || !page);
    const title = isDone ? say("path.reread") : place ? say("path.go_on_lesson") : "";
    this.element.querySelector(".tb-again")?.remove();
    button.href = goesOn ? locatePlace(this.#begins, place) : this.#begins;
    if (!goesOn) {
      button.replaceChildren(...this.#first.map((node) => node.cloneNode(true)));
      if (title) button.querySelector(".tb-title")?.replaceChildren(title);
      return;
    }
    const again = makeLink(this.#begins, say("path.again"));
    again.className = "tb-again";
    button.after(again);
    const parts: Node[] = [make("span", "tb-title", say("path.go_on"))];
    if (stand) parts.push(new Text(" "), make("span", "tb-minutes", say("path.section", { ...stand, count: stand.left })));
    button.replaceChildren(...parts);
  }

  /** Whoever has begun to answer goes on with that; the lesson is one press away. */
  #showQuestion({ id, number, total }: Question, place: string): void {
    const [button, practice] = [this.#button, this.#find("practice")?.querySelector("a")];
    if (!button || !practice) return;
    this.element.querySelector(".tb-again")?.remove();
    button.href = locatePlace(practice.href, id);
    button.replaceChildren(make("span", "tb-title", say("path.question", { number })), " ", make("span", "tb-minutes", say("path.question_of", { number, total })));
    const lesson = makeLink(locatePlace(this.#begins, place), say("path.go_on_lesson"));
    lesson.className = "tb-again";
    button.after(lesson);
  }

  /** The mark is drawn; its word is there for those who don't see it. */
  #mark(kind: string, mark: Mark): void {
    const step = this.#find(kind);
    const link = step?.querySelector("a");
    if (!step || !link) return;
    for (const one of ["done", "begun"]) step.classList.toggle(`tb-is-${one}`, one === mark);
    link.querySelector("span")?.remove();
    if (!mark) return;
    const word = make("span");
    word.setAttribute("role", "img");
    word.setAttribute("aria-label", say(mark === "done" ? "record.done" : "path.begun"));
    link.append(word);
  }
}

interface Question {
  readonly id: string;
  readonly number: number;
  readonly total: number;
}

/** The first question without an answer, where some have one. */
function findQuestion(page: Document | undefined, answered: ReadonlySet<string>): Question | undefined {
  const questions = [...(page?.querySelectorAll<HTMLElement>("tb-quiz[data-item]") ?? [])];
  const at = questions.findIndex(({ dataset }) => !answered.has(dataset["item"] ?? ""));
  const id = questions[at]?.closest(".tb-widget")?.id;
  const isBegun = questions.some(({ dataset }) => answered.has(dataset["item"] ?? ""));
  return isBegun && id ? { id, number: at + 1, total: questions.length } : undefined;
}

/** Whether its questions are answered: all of them, some of its questions and cards, or none. */
function markPractice(page: Document | undefined, answered: ReadonlySet<string>): Mark {
  const list = (selector: string): boolean[] =>
    [...(page?.querySelectorAll<HTMLElement>(selector) ?? [])].map(({ dataset }) => answered.has(dataset["item"] ?? ""));
  const questions = list("tb-quiz[data-item]");
  if (questions.length > 0 && questions.every(Boolean)) return "done";
  return list("[data-item]").some(Boolean) ? "begun" : "";
}

defineElement("tb-path", async (element, signal) => {
  const path = new ModulePath(element);
  await followState((state) => void path.show(state), signal);
  return true;
});
