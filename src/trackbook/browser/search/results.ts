import type { Names } from "../record/replay";
import { make, makeLink } from "../make";
import { say } from "../texts";
import { LESSONS, Match } from "./match";
import { isForAuthors, type Result, type Section } from "./page-index";

/** In this order: what a word means, where it is taught, and where else it stands. Where nothing is found, there is only what is near. */
const GROUPS = ["meaning", "lessons", "places", "practice", "others", "near"] as const;
/** So much is shown of what is near: the best of all that came. */
const NEAR = 3;
type Group = (typeof GROUPS)[number];

const PLACES = 4;
const SECTIONS = 3;

/** Shows results in groups, in each those first whose titles say most of what was looked for; more may be added later. */
export class ResultList {
  readonly element = make("div", "tb-search-results");
  private readonly lists = new Map<Group, HTMLElement>();
  /** What is shown of each module. */
  private readonly modules = new Map<string, HTMLElement>();
  private match = new Match();
  private isNear = false;
  private isOpen = false;
  private isTitle = false;

  /** `readDone` gives the modules that the learner has marked. */
  constructor(private readonly readDone: () => Promise<Names>) {
    for (const group of GROUPS) this.element.append(make("section", `tb-search-group tb-search-${group}`));
  }

  /** Begins anew. What is only near what was looked for stands in a group of its own. */
  show(results: readonly Result[], match: Match, isWhole: boolean, isNear = false): void {
    this.clear();
    this.match = match;
    this.isNear = isNear;
    this.element.append(...this.sections(GROUPS));
    this.element.prepend(...this.sections(match.kind ? [match.kind === "practice" ? "practice" : "lessons"] : []));
    this.add(results, isWhole);
  }

  /** Returns the first that is new. `isWhole` says that there are no more to come. */
  add(results: readonly Result[], isWhole: boolean): HTMLElement | undefined {
    const before = new Set(this.element.querySelectorAll("a"));
    this.isTitle ||= results.some((result) => this.match.isTitle(result));
    const ranked = sort(results, (result) => this.match.rank(result)).slice(0, this.isNear ? NEAR : undefined);
    for (const result of ranked) this.put(result);
    const lessons = this.isNear ? [] : ranked.filter(({ kind }) => kind === "lesson");
    const places = lessons.flatMap(({ sections, group }) => sections.map((section) => ({ ...section, group })));
    const weight = ({ title, weight }: Section): number => 1000 * this.match.count(title) + weight;
    for (const place of sort(places, weight)) this.put({ ...place, kind: "place", label: "", time: "", names: [], sections: [] });
    this.closePlaces(isWhole);
    this.tellCounts(isWhole);
    this.readDone().then((done) => this.markDone(done), () => undefined);
    return [...this.element.querySelectorAll<HTMLAnchorElement>("a:not([hidden] *)")].find((link) => !before.has(link));
  }

  /** Whether there is a result, and not only something near. */
  get hasFound(): boolean {
    return this.lists.size > 0 && !this.isNear;
  }

  /** The best result. */
  get first(): HTMLAnchorElement | null {
    return this.hasFound ? this.element.querySelector("a") : null;
  }

  clear(): void {
    this.modules.clear();
    this.lists.clear();
    this.isOpen = this.isTitle = false;
    for (const section of this.element.children) section.replaceChildren();
  }

  private sections(groups: readonly Group[]): Element[] {
    return groups.flatMap((group) => this.element.querySelector(`.tb-search-${group}`) ?? []);
  }

  private put(result: Result): void {
    const { kind, group, label, address } = result;
    const isOfModule = group.key.includes("/");
    const shown = this.modules.get(group.key);
    if (isOfModule && shown && !["concept", "place", "practice"].includes(kind)) return addLink(shown, label, address);
    const item = this.showResult(result);
    this.open(this.choose(result)).append(item);
    if (isOfModule && !shown && LESSONS.includes(kind)) this.modules.set(group.key, item);
  }

  /** A definition of what was asked for is its meaning; another one only speaks of it. */
  private choose(result: Result): Group {
    const { kind } = result;
    if (this.isNear) return "near";
    if (kind === "concept") return this.match.isMeaning(result, this.isTitle) ? "meaning" : "places";
    return kind === "place" ? "places" : kind === "practice" ? "practice" : LESSONS.includes(kind) ? "lessons" : "others";
  }

  private open(group: Group): HTMLElement {
    const known = this.lists.get(group);
    if (known) return known;
    const heading = make("h2", "", (isForAuthors() && document.querySelector(".tb-part")?.textContent) || say(`search.groups.${group}`));
    heading.id = `tb-found-${group}`;
    const list = make("ul");
    list.setAttribute("aria-labelledby", heading.id);
    this.sections([group])[0]?.append(heading, list);
    this.lists.set(group, list);
    return list;
  }

  private showResult(result: Result): HTMLElement {
    const { kind, address, title, label, group, excerpt, sections } = result;
    const link = make("a", "tb-search-page", ...this.match.mark(title));
    link.href = address;
    const about = [kind === "lesson" ? "" : label, group.place, result.time];
    const item = make("li", "tb-search-result", link, " ", make("small", "", about.filter(Boolean).join(" · ")));
    if (excerpt.length) item.append(make("p", "", ...excerpt.map((piece, place) => (place % 2 ? make("mark", "", piece) : piece))));
    if (this.choose(result) === "others" && kind !== "concept") {
      for (const section of sort(sections, ({ weight }) => weight).slice(0, SECTIONS)) addLink(item, section.title, section.address);
    }
    return item;
  }

  private markDone(done: Names): void {
    for (const [key, item] of this.modules) {
      if (!done.has(key) || item.querySelector(".tb-search-done")) continue;
      item.querySelector("small")?.append(" · ", make("span", "tb-search-done", `✓ ${say("record.done")}`));
    }
  }

  /** How many there are of each, once all of them are here: a number that may still grow says little. */
  private tellCounts(isWhole: boolean): void {
    for (const [group, list] of this.lists) {
      const heading = list.previousElementSibling;
      heading?.querySelector("small")?.remove();
      if (isWhole && group !== "meaning" && group !== "near") heading?.append(" ", make("small", "", String(list.children.length)));
    }
  }

  /** The best places are shown, the others on demand. */
  private closePlaces(isWhole: boolean): void {
    const list = this.lists.get("places");
    const count = list?.children.length ?? 0;
    list?.parentElement?.querySelector("button")?.remove();
    if (!list || this.isOpen || count <= PLACES) return;
    const rest = [...list.children].slice(PLACES) as HTMLElement[];
    for (const place of rest) place.hidden = true;
    const button = make("button", "", isWhole ? say("search.all_places", { count }) : say("search.more_places", { count: rest.length }));
    button.type = "button";
    button.addEventListener("click", () => {
      this.isOpen = true;
      for (const place of rest) place.hidden = false;
      button.remove();
      rest[0]?.querySelector("a")?.focus();
    });
    list.after(button);
  }
}

/** Further pages of a module, and the sections of a page, are links below the first. */
function addLink(item: HTMLElement, title: string, address: string): void {
  const list = item.querySelector("ul") ?? item.appendChild(make("ul", "tb-search-sections"));
  list.append(make("li", "", makeLink(address, title)));
}

/** The highest first; those alike in the order they came. */
function sort<Item>(items: readonly Item[], weigh: (item: Item) => number): Item[] {
  return items.toSorted((one, other) => weigh(other) - weigh(one));
}
