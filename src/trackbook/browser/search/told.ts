import { make, makeLink } from "../make";
import { say } from "../texts";
import type { Answer, Source } from "./ask";
import type { Names } from "./names";

/** How a query is asked again: another one, or the same as it is written. */
export interface Again {
  ask(query: string): void;
  askLiterally(): void;
}

/** What is said of an answer: what was done to the query, how many results there are, and what could not be searched. */
export class Told {
  readonly element = make("div", "tb-search-said");
  readonly count = make("span", "tb-search-status");
  /** Stands below the results. */
  readonly elsewhere = make("section", "tb-search-group tb-search-elsewhere");

  constructor(private readonly again: Again) {
    for (const element of [this.element, this.count]) element.setAttribute("role", "status");
  }

  /** `shown` are the results that are shown so far. */
  tell({ mended, meant, without, found }: Answer, query: string, source: Source, shown: number): void {
    const names = "knows" in source ? undefined : source;
    const said: HTMLElement[] = [];
    if (names) said.push(make("p", "tb-search-offline", make("b", "", say("search.offline")), ` ${say("search.offline_kept", { tracks: names.tracks.join(", ") })}`));
    if (!found.count) said.push(make("p", "tb-search-none", say("search.nothing", { query })));
    if (mended) {
      const literally = this.makeButton(say("search.as_written", { query }), () => this.again.askLiterally());
      said.push(make("p", "", ...emphasize("search.mended", mended), " ", literally));
    }
    if (without.length && found.count) said.push(make("p", "", say("search.without", { words: without.join(", ") })));
    if (meant && meant !== mended) said.push(make("p", "tb-search-meant", ...this.offer(meant)));
    this.element.replaceChildren(...said);
    this.elsewhere.replaceChildren(...(names ? describeRest(names) : []));
    this.tellCount(found.count, shown);
  }

  tellCount(count: number, shown: number): void {
    this.count.textContent = count ? say(shown < count ? "search.best" : "search.results", { count, shown }) : "";
  }

  /** One sentence in the place of all else. */
  say(sentence: string): void {
    this.clear();
    if (sentence) this.element.append(make("p", "", sentence));
  }

  clear(): void {
    for (const part of [this.element, this.elsewhere, this.count]) part.replaceChildren();
  }

  /** "Did you mean …?", in which what may have been meant is a button. */
  private offer(meant: string): (Node | string)[] {
    const [before = "", after = ""] = say("search.meant", { query: "\0" }).split("\0");
    return [before, this.makeButton(meant, () => this.again.ask(meant)), after];
  }

  /** The button goes with what it answers; its `act` puts the focus where it belongs. */
  private makeButton(text: string, act: () => void): HTMLButtonElement {
    const button = make("button", "", make("bdi", "", text));
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }
}

/** What is not on the device, and where a track can be kept. */
function describeRest({ others }: Names): HTMLElement[] {
  const way = document.querySelector<HTMLAnchorElement>('footer a[href*="offline/"]');
  const said = others.length ? say("search.offline_others", { tracks: others.join(", ") }) : say("search.offline_texts");
  const keep = others.length && way ? [" ", makeLink(way.href, say("search.keep"))] : [];
  return [make("h2", "", say("search.groups.elsewhere")), make("p", "", said, ...keep)];
}

/** A text with its `query` in bold. */
function emphasize(key: string, query: string): (Node | string)[] {
  const [before = "", after = ""] = say(key, { query: "\0" }).split("\0");
  return [before, make("strong", "", make("bdi", "", query)), after];
}
