import { make, makeLink } from "../make";
import { root } from "../site";
import { say } from "../texts";
import { isForAuthors } from "./page-index";

/** Lists that the header names and that say nothing of what the course holds. */
const OWN = ["review/", "progress/"];

/**
 * Where to look without a result: the lists that the header names, and that of everything; for authors all of their pages. Where the
 * course names an address for it, what is missing can be told there.
 */
export class Ways {
  readonly element = make("section", "tb-search-group tb-search-ways");
  private readonly ask = document.querySelector<HTMLAnchorElement>(".tb-report");
  private readonly list = make("ul");
  private readonly missing = make("li");

  /** `everything` is the link that opens the search. */
  constructor(everything: HTMLAnchorElement) {
    const heading = make("h2", "", say("search.ways"));
    heading.id = "tb-search-ways";
    this.list.setAttribute("aria-labelledby", heading.id);
    for (const [href, text] of listLinks(everything)) this.list.append(make("li", "", makeLink(href, text)));
    this.element.append(heading, this.list);
  }

  /** Shows them; with the `query` that found nothing, where there was one. */
  show(query = ""): void {
    this.element.hidden = false;
    this.missing.remove();
    const { ask } = this;
    if (!ask || !query) return;
    const link = makeLink(ask.href, say("search.report"));
    link.addEventListener("click", (event) => {
      event.preventDefault();
      import("../report").then(({ showReport }) => showReport(ask, undefined, say("search.missing", { query })), () => location.assign(ask.href));
    });
    this.missing.replaceChildren(link);
    this.list.append(this.missing);
  }

  hide(): void {
    this.element.hidden = true;
  }
}

function listLinks(everything: HTMLAnchorElement): Map<string, string> {
  const named = document.querySelectorAll<HTMLAnchorElement>(isForAuthors() ? ".tb-nav ul:first-of-type a" : ".tb-site a");
  const own = OWN.map((path) => new URL(path, root).href);
  const links = [...named].filter(({ href }) => !own.includes(href.replace(/index\.html$/, "")));
  const found = new Map(links.map(({ href, textContent }) => [href, (textContent ?? "").trim()]));
  return isForAuthors() ? found : found.set(everything.href, say("search.everything"));
}
