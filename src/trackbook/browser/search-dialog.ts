import sheet from "trackbook:search.css";
import { make } from "./make";
import { type Answer, ask, type Source } from "./search-ask";
import { type Found, type Index, isForAuthors, loadIndex } from "./search-index";
import { loadNames } from "./search-names";
import { ResultList } from "./search-results";
import { loadVocabulary, type Vocabulary } from "./search-words";
import { root } from "./site";
import { say } from "./texts";

const PAUSE = 120;
const AT_ONCE = 10;

let dialog: SearchDialog | undefined;

/** Shows the search at once; style and index come while the reader begins to type. */
export function openSearch(link: HTMLAnchorElement): void {
  dialog ??= new SearchDialog(link);
  dialog.open();
}

/**
 * A field, and below it real links, which arrow keys walk through. Links, not options of a listbox: every screen reader can read and list
 * them, they open in new tabs, and focus is where the reader is.
 */
class SearchDialog {
  private readonly element = make("dialog", "tb-search");
  private readonly field = make("input", "");
  private readonly status = make("p", "tb-search-status");
  /** What was done to the query, and what else may have been meant. */
  private readonly said = make("div", "tb-search-said");
  private readonly note = make("p", "tb-search-note");
  private readonly list = new ResultList();
  private readonly more = make("button", "tb-search-more", say("search.more"));
  private readonly ways = make("div", "tb-search-ways");
  private readonly body = make("div", "tb-search-body");
  private index: Promise<Index> | undefined;
  private vocabulary: Promise<Vocabulary | undefined> | undefined;
  private timer = 0;
  /** Counts queries, so that a late answer to an old one is not shown. */
  private turn = 0;

  constructor(private readonly link: HTMLAnchorElement) {
    const told = make("div", "", this.said, this.status);
    told.setAttribute("role", "status");
    this.more.type = "button";
    this.body.append(told, this.list.element, this.more, this.ways, this.note);
    this.element.setAttribute("aria-label", say("search.name"));
    this.element.append(this.makeForm(), this.body, this.makeKeys());
    this.fillWays();
    this.element.addEventListener("keydown", (event) => this.press(event));
    this.element.addEventListener("click", ({ target }) => {
      if (target === this.element || (target instanceof Element && target.closest("a"))) this.close();
    });
    // Told a picture later: by then it may be open again.
    this.element.addEventListener("close", () => this.element.open || this.forget());
    document.body.append(this.element, makeSheet());
  }

  open(): void {
    this.field.focus();
    if (this.element.open) return;
    this.forget();
    this.element.showModal();
    this.loadIndex().then(({ state }) => this.tellState(state), () => undefined);
  }

  private close(): void {
    this.element.close();
    // Where nothing had focus before, the browser would leave it in the hidden field until it next draws.
    this.field.blur();
  }

  private makeForm(): HTMLFormElement {
    const form = make("form", "");
    form.setAttribute("role", "search");
    Object.assign(this.field, { type: "search", autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
    this.field.ariaLabel = this.field.placeholder = (isForAuthors() && this.link.ariaLabel) || say("search.field");
    const close = make("button", "tb-icon");
    close.type = "button";
    close.setAttribute("aria-label", say("search.close"));
    close.append(copyIcon(document.querySelector(".tb-close")) ?? "×");
    close.addEventListener("click", () => this.close());
    form.append(copyIcon(this.link) ?? "", this.field, close);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.stops()[1]?.focus();
    });
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.body.ariaBusy = "true";
      this.timer = window.setTimeout(() => void this.search(), PAUSE);
    });
    return form;
  }

  private makeKeys(): HTMLElement {
    const keys = make("p", "tb-search-keys", say("search.keys"));
    keys.setAttribute("aria-hidden", "true");
    return keys;
  }

  /** Where to look without a result: the lists that the header names, and the list of everything; for authors all of their pages. */
  private fillWays(): void {
    const named = document.querySelectorAll<HTMLAnchorElement>(isForAuthors() ? ".tb-nav ul:first-of-type a" : ".tb-site a");
    const links = [...named, ...(isForAuthors() ? [] : [this.link])];
    const list = make("ul", "");
    for (const { href, textContent } of links.filter((one, place) => links.findIndex(({ href }) => href === one.href) === place)) {
      const way = make("a", "", !isForAuthors() && href === this.link.href ? say("search.everything") : (textContent ?? "").trim());
      way.href = href;
      const entry = make("li", "");
      entry.append(way);
      list.append(entry);
    }
    this.ways.append(make("p", "", say("search.ways")), list);
  }

  /** A failed load is tried again at the next query. */
  private loadIndex(): Promise<Index> {
    this.index ??= loadIndex();
    this.index.catch(() => (this.index = undefined));
    return this.index;
  }

  /** Pages for authors have an index of their own, and no names. */
  private loadVocabulary(): Promise<Vocabulary | undefined> {
    if (isForAuthors()) return Promise.resolve(undefined);
    this.vocabulary ??= loadVocabulary().catch(() => (this.vocabulary = undefined));
    return this.vocabulary;
  }

  private async search(literally = false): Promise<void> {
    const turn = ++this.turn;
    const query = this.field.value.trim();
    if (!query) return this.clear();
    const slow = setTimeout(() => turn === this.turn && this.tell(say("search.loading")), 400);
    const show = async (source: Source, vocabulary: Vocabulary | undefined): Promise<void> => {
      const answer = await ask(query, source, vocabulary, literally);
      const first = await answer.found.load(0, AT_ONCE);
      if (turn !== this.turn) return;
      this.list.show(first, answer);
      this.body.scrollTo(0, 0);
      this.tellAnswer(answer, query, source);
      this.tellCount(answer.found, query, first.length);
    };
    try {
      const loading = this.loadIndex();
      loading.catch(() => undefined);
      const vocabulary = await this.loadVocabulary();
      try {
        const index = await loading;
        if (index.state !== "none") await show(index, vocabulary);
      } catch (error) {
        const names = vocabulary && (await loadNames(vocabulary));
        if (!names?.tracks.length) throw error;
        await show(names, vocabulary);
      }
    } catch {
      if (turn === this.turn) this.fail();
    } finally {
      clearTimeout(slow);
      if (turn === this.turn) this.body.ariaBusy = null;
    }
  }

  private tellAnswer({ mended, meant, without, found }: Answer, query: string, source: Source): void {
    const said: (Node | string)[][] = [];
    if (mended) said.push([...emphasize("search.mended", mended), " ", this.makeButton(say("search.as_written", { query }), () => void this.search(true))]);
    if (without.length && found.count) said.push([say("search.without", { words: without.join(", ") })]);
    if (meant && meant !== mended) said.push([this.makeButton(say("search.meant", { query: meant }), () => this.type(meant))]);
    if (!("knows" in source)) {
      said.push([say("search.offline", { tracks: source.tracks.join(", ") })]);
      if (source.others.length) said.push([say("search.offline_others", { tracks: source.others.join(", ") })]);
    }
    this.said.replaceChildren(...said.map((parts) => make("p", "", ...parts)));
    this.status[found.count ? "before" : "after"](this.said);
  }

  private type(query: string): void {
    this.field.value = query;
    void this.search();
  }

  /** The button goes with what it answers: then focus is in the field. */
  private makeButton(text: string, act: () => void): HTMLButtonElement {
    const button = make("button", "", text);
    button.type = "button";
    button.addEventListener("click", () => {
      this.field.focus();
      act();
    });
    return button;
  }

  private tellCount(found: Found, query: string, shown: number): void {
    const lessons = this.list.countLessons();
    const results = say(shown < found.count ? "search.best" : "search.results", { count: found.count, shown });
    const places = say("search.lessons", { count: lessons });
    if (!found.count) this.tell(say("search.nothing", { query }));
    else this.tell(lessons ? say("search.places", { results, places }) : results);
    this.ways.hidden = found.count > 0;
    this.more.hidden = shown >= found.count;
    const { turn } = this;
    this.more.onclick = async () => {
      this.more.onclick = null;
      const next = await found.load(shown, shown + AT_ONCE).catch(() => undefined);
      if (turn !== this.turn) return;
      if (!next) return this.fail();
      const before = new Set(this.stops());
      this.list.add(next);
      this.tellCount(found, query, shown + next.length);
      this.stops().find((stop) => !before.has(stop))?.focus();
    };
  }

  private tellState(state: Index["state"]): void {
    this.note.textContent = state === "current" ? "" : say(`search.${state}`);
  }

  private fail(): void {
    this.list.clear();
    this.said.replaceChildren();
    this.tell(say("search.failed"));
    this.ways.hidden = false;
    this.more.hidden = true;
  }

  private tell(text: string): void {
    this.status.textContent = text;
  }

  /** Nothing of a search is kept. */
  private forget(): void {
    this.turn++;
    clearTimeout(this.timer);
    this.field.value = "";
    this.clear();
  }

  private clear(): void {
    this.body.ariaBusy = null;
    this.list.clear();
    this.said.replaceChildren();
    this.tell("");
    this.ways.hidden = false;
    this.more.hidden = true;
  }

  /** The field, then every link and button that arrow keys reach: first the best result, where there is one. */
  private stops(): HTMLElement[] {
    const stops = [...this.body.querySelectorAll<HTMLElement>(":is(a, button):not([hidden] *, [hidden])")];
    const results = stops.filter((stop) => !this.said.contains(stop));
    return [this.field, ...(this.list.isEmpty ? stops : results)];
  }

  private press(event: KeyboardEvent): void {
    const { key } = event;
    if (key === "Escape") this.close();
    else if (key === "ArrowDown" || key === "ArrowUp") this.walk(key === "ArrowDown" ? 1 : -1);
    else if (document.activeElement === this.field) return;
    else if (key === "Home" || key === "End") this.stops().at(key === "Home" ? 1 : -1)?.focus();
    else {
      // What is typed on a result goes on in the field.
      const types = key === "Backspace" || (key.length === 1 && key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey);
      if (types) this.field.focus();
      return;
    }
    event.preventDefault();
  }

  private walk(step: number): void {
    const stops = this.stops();
    const here = stops.indexOf(document.activeElement as HTMLElement);
    stops[Math.max(0, Math.min(stops.length - 1, here + step))]?.focus();
  }
}

/** A text with its `query` in bold. */
function emphasize(key: string, query: string): (Node | string)[] {
  const [before = "", after = ""] = say(key, { query: "\0" }).split("\0");
  return [before, make("strong", "", make("bdi", "", query)), after];
}

function makeSheet(): HTMLLinkElement {
  const link = make("link", "");
  link.rel = "stylesheet";
  link.href = new URL(`assets/${sheet}`, root).href;
  return link;
}

function copyIcon(holder: Element | null): Node | undefined {
  return holder?.querySelector("svg")?.cloneNode(true);
}
