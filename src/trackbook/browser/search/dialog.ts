import sheet from "trackbook:search.css";
import { make } from "../make";
import { root } from "../site";
import { say } from "../texts";
import { Match } from "./match";
import { isForAuthors } from "./page-index";
import { ResultList } from "./results";
import { loadMore, type Reply, Sources } from "./sources";
import { Start } from "./start";
import { Told } from "./told";
import { makeKeys, Walk } from "./walk";
import { Ways } from "./ways";

/** Milliseconds without a key after which a query is asked. */
const PAUSE = 120;
/** Milliseconds after which a reader is told that there is a wait. */
const SLOW = 400;

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
  private readonly field = make("input");
  private readonly sources = new Sources();
  private readonly start = new Start();
  private readonly list = new ResultList(() => this.start.readDone());
  private readonly told = new Told({ ask: (query) => this.type(query), askLiterally: () => this.askAgain(true) });
  private readonly ways: Ways;
  private readonly more = make("button", "tb-search-more", say("search.more"));
  private readonly note = make("p", "tb-search-note");
  private readonly body: HTMLElement;
  private timer = 0;
  private isEntered = false;
  /** Counts queries, so that a late answer to an old one is not shown. */
  private turn = 0;

  constructor(private readonly link: HTMLAnchorElement) {
    this.ways = new Ways(link);
    this.more.type = "button";
    const { told, list, start, more, ways, note } = this;
    this.body = make("div", "tb-search-body", told.element, list.element, more, told.elsewhere, start.element, ways.element, note);
    this.element.setAttribute("aria-label", say("search.name"));
    const foot = make("div", "tb-search-foot", makeKeys(), told.count, make("span", "tb-search-here", say("search.here")));
    this.element.append(this.makeForm(), this.body, foot);
    const walk = new Walk(this.field, this.body, () => (list.hasFound ? [told.element] : []));
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return walk.press(event);
      event.preventDefault();
      this.close();
    });
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
    this.sources.loadIndex().then(({ state }) => (this.note.textContent = state === "current" ? "" : say(`search.${state}`)), () => undefined);
    // What comes late would push them down.
    this.ways.hide();
    const { turn } = this;
    void this.start.renew().catch(() => undefined).then(() => turn === this.turn && this.ways.show());
  }

  private close(): void {
    this.element.close();
    // Where nothing had focus before, the browser would leave it in the hidden field until it next draws.
    this.field.blur();
  }

  private makeForm(): HTMLFormElement {
    const form = make("form");
    form.setAttribute("role", "search");
    Object.assign(this.field, { type: "search", autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
    this.field.ariaLabel = this.field.placeholder = (isForAuthors() && this.link.ariaLabel) || say("search.field");
    const close = make("button", "tb-icon", copyIcon(document.querySelector(".tb-close")) ?? "×");
    close.type = "button";
    close.setAttribute("aria-label", say("search.close"));
    close.addEventListener("click", () => this.close());
    form.append(copyIcon(this.link) ?? "", this.field, close);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.isEntered = true;
      // While the answer is on its way, the old one is not meant.
      if (!this.body.ariaBusy) this.enter();
    });
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.isEntered = false;
      this.body.ariaBusy = "true";
      this.timer = window.setTimeout(() => void this.search(), PAUSE);
    });
    return form;
  }

  private async search(literally = false): Promise<void> {
    const turn = ++this.turn;
    const query = this.field.value.trim();
    if (!query) return this.clear();
    const slow = setTimeout(() => turn === this.turn && this.told.say(say("search.loading")), SLOW);
    const reply = await this.sources.ask(query, literally).catch(() => "failed" as const);
    clearTimeout(slow);
    if (turn !== this.turn) return;
    if (reply === "failed") this.fail();
    else if (reply) this.show(query, reply);
    this.body.ariaBusy = null;
    this.enter();
  }

  /** Opens the best result, where Enter was pressed for it. */
  private enter(): void {
    if (this.isEntered) (this.list.first ?? this.start.first)?.click();
    this.isEntered = false;
  }

  private show(query: string, reply: Reply): void {
    const { answer, near, first, source } = reply;
    const { words, kind, found } = near ?? answer;
    this.start.element.hidden = true;
    this.list.show(first, new Match(words, kind), first.length >= found.count, !!near);
    this.told.tell(answer, query, source, first.length);
    if (answer.found.count) this.ways.hide();
    else this.ways.show(query);
    this.offerMore(reply, first.length);
    this.body.scrollTo(0, 0);
  }

  private offerMore(reply: Reply, shown: number): void {
    const { turn } = this;
    const { count } = reply.answer.found;
    this.more.hidden = shown >= count;
    this.more.onclick = async () => {
      this.more.onclick = null;
      const next = await loadMore(reply, shown).catch(() => undefined);
      if (turn !== this.turn) return;
      if (!next) return this.fail();
      const all = shown + next.length;
      this.list.add(next, all >= count)?.focus();
      this.told.tellCount(count, all);
      this.offerMore(reply, all);
    };
  }

  private type(query: string): void {
    this.field.value = query;
    this.askAgain(false);
  }

  private askAgain(literally: boolean): void {
    this.field.focus();
    void this.search(literally);
  }

  private fail(): void {
    this.clear();
    this.start.element.hidden = true;
    this.told.say(say("search.failed"));
  }

  /** Nothing of a search is kept. */
  private forget(): void {
    this.turn++;
    clearTimeout(this.timer);
    this.isEntered = false;
    this.field.value = "";
    this.clear();
  }

  private clear(): void {
    this.body.ariaBusy = null;
    this.list.clear();
    this.told.clear();
    this.ways.show();
    this.start.element.hidden = false;
    this.more.hidden = true;
  }
}

function makeSheet(): HTMLLinkElement {
  const link = make("link");
  link.rel = "stylesheet";
  link.href = new URL(`assets/${sheet}`, root).href;
  return link;
}

function copyIcon(holder: Element | null): Node | undefined {
  return holder?.querySelector("svg")?.cloneNode(true);
}
