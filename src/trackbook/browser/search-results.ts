import { make } from "./make";
import { isForAuthors, type Result, type Section } from "./search-index";
import { isAlike, listWords } from "./search-words";
import { say } from "./texts";

/** In this order: what a word means, where it is taught, and where else it stands. */
const GROUPS = ["meaning", "lessons", "places", "practice", "others"] as const;
type Group = (typeof GROUPS)[number];

/** Of a module's pages the first of these comes first. */
const LESSONS = ["lesson", "overview", "cheatsheet", "track"];
const PLACES = 4;
const SECTIONS = 3;

/** What was looked for: it says which results come first, and which words of a title are marked. */
export interface Wanted {
  readonly words: readonly string[];
  readonly kind: string | undefined;
}

/** Shows results in groups, in each those first whose titles say most of what was looked for; more may be added later. */
export class ResultList {
  readonly element = make("div", "tb-search-results");
  private readonly lists = new Map<Group, HTMLElement>();
  /** What is shown of each module. */
  private readonly modules = new Map<string, HTMLElement>();
  private wanted: Wanted = { words: [], kind: undefined };
  private isOpen = false;
  /** Whether a page's title has all that was asked for. */
  private isTitle = false;

  constructor() {
    for (const group of GROUPS) this.element.append(make("section", `tb-search-group tb-search-${group}`));
  }

  private sections(groups: readonly Group[]): Element[] {
    return groups.flatMap((group) => this.element.querySelector(`.tb-search-${group}`) ?? []);
  }

  /** Begins anew. */
  show(results: readonly Result[], wanted: Wanted): void {
    this.clear();
    this.wanted = wanted;
    this.element.append(...this.sections(GROUPS));
    this.element.prepend(...this.sections(wanted.kind ? [wanted.kind === "practice" ? "practice" : "lessons"] : []));
    this.add(results);
  }

  add(results: readonly Result[]): void {
    this.isTitle ||= results.some(({ kind, title }) => kind !== "concept" && this.countWords(title) === this.wanted.words.length);
    const ranked = sort(results, (result) => this.rank(result));
    for (const result of ranked) this.put(result);
    const places = ranked.filter(({ kind }) => kind === "lesson").flatMap(({ sections, group }) => sections.map((section) => ({ ...section, group })));
    const weight = ({ title, weight }: Section): number => 1000 * this.countWords(title) + weight;
    for (const place of sort(places, weight)) this.put({ ...place, kind: "place", label: "", names: [], sections: [] });
    this.closePlaces();
  }

  /** How many lessons the results come from: a lesson's key names its track and itself. */
  countLessons(): number {
    return this.modules.size;
  }

  get isEmpty(): boolean {
    return this.lists.size === 0;
  }

  clear(): void {
    this.modules.clear();
    this.lists.clear();
    this.isOpen = this.isTitle = false;
    for (const section of this.element.children) section.replaceChildren();
  }

  private put(result: Result): void {
    const { kind, group } = result;
    if (group.key.includes("/") && kind !== "concept" && kind !== "place" && kind !== "practice") {
      const shown = this.modules.get(group.key);
      if (shown) return addPage(shown, result);
    }
    const item = this.showResult(result);
    this.open(this.choose(result)).append(item);
    if (group.key.includes("/") && !this.modules.has(group.key) && LESSONS.includes(kind)) this.modules.set(group.key, item);
  }

  /** A definition of what was asked for is its meaning; another one only speaks of it. */
  private choose({ kind, title, names }: Result): Group {
    if (kind === "concept") return [title, ...names].some((name) => this.isAsked(name)) ? "meaning" : "places";
    return kind === "place" ? "places" : kind === "practice" ? "practice" : LESSONS.includes(kind) ? "lessons" : "others";
  }

  /** Whether the words are this name or half of it at least; of several that were asked for it may be one. */
  private isAsked(name: string): boolean {
    const [has, asked] = [listWords(name), this.wanted.words];
    const named = has.filter((word) => asked.some((one) => isAlike(one, word))).length;
    const isWhole = this.countWords(name) === asked.length;
    return named > 0 && (isWhole ? 2 * named >= has.length : named === has.length && !this.isTitle);
  }

  /** A lesson is also what its sections are about. */
  private rank({ kind, title, names, sections }: Result): number {
    const asked = this.wanted.words.join(" ");
    const isExact = [title, ...(kind === "concept" ? names : [])].some((name) => listWords(name).join(" ") === asked);
    const inside = kind === "lesson" ? Math.max(0, ...sections.map(({ title }) => 0.9 * this.countWords(title))) : 0;
    const said = Math.max(this.countWords(title), inside) / (1 + this.wanted.words.length);
    return (kind === this.wanted.kind ? 4 : 0) + (isExact ? 2 : 0) + said - 0.01 * LESSONS.indexOf(kind);
  }

  private countWords(title: string): number {
    const has = listWords(title);
    return this.wanted.words.filter((word) => has.some((other) => isAlike(word, other))).length;
  }

  private open(group: Group): HTMLElement {
    const known = this.lists.get(group);
    if (known) return known;
    const heading = make("h2", "", say(`search.groups.${isForAuthors() ? "authors" : group}`));
    heading.id = `tb-found-${group}`;
    const list = make("ul");
    list.setAttribute("aria-labelledby", heading.id);
    this.sections([group])[0]?.append(heading, list);
    this.lists.set(group, list);
    return list;
  }

  private showResult(result: Result): HTMLElement {
    const { kind, address, title, label, group, excerpt, sections } = result;
    const link = make("a", "tb-search-page", ...this.mark(title));
    link.href = address;
    const place = make("small", "", [label, group.place].filter(Boolean).join(" · "));
    const item = make("li", "tb-search-result", link, " ", place);
    if (excerpt.length) item.append(make("p", "", ...excerpt.map((piece, place) => (place % 2 ? make("mark", "", piece) : piece))));
    if (this.choose(result) === "others" && kind !== "concept") {
      for (const section of sort(sections, ({ weight }) => weight).slice(0, SECTIONS)) addLink(item, section.title, section.address);
    }
    return item;
  }

  private mark(title: string): (Node | string)[] {
    const { words } = this.wanted;
    return title.split(/([\p{L}\p{M}\p{N}]+)/u).map((part, place) => {
      const [word] = listWords(part);
      return place % 2 && word && words.some((one) => isAlike(one, word)) ? make("mark", "", part) : part;
    });
  }

  /** The best places are shown, the others on demand. */
  private closePlaces(): void {
    const list = this.lists.get("places");
    const count = list?.children.length ?? 0;
    list?.parentElement?.querySelector("button")?.remove();
    if (!list || this.isOpen || count <= PLACES) return;
    const rest = [...list.children].slice(PLACES) as HTMLElement[];
    for (const place of rest) place.hidden = true;
    const button = make("button", "", say("search.all_places", { count }));
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

/** Further pages of a module are links beside the first. */
function addPage(item: HTMLElement, { label, address }: Result): void {
  addLink(item, label, address);
}

function addLink(item: HTMLElement, title: string, address: string): void {
  const list = item.querySelector("ul") ?? item.appendChild(make("ul", "tb-search-sections"));
  const way = make("a", "", title);
  way.href = address;
  list.append(make("li", "", way));
}

/** The highest first; those alike in the order they came. */
function sort<Item>(items: readonly Item[], weigh: (item: Item) => number): Item[] {
  return items.toSorted((one, other) => weigh(other) - weigh(one));
}
