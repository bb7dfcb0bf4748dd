import type { Group, Result } from "./search-index";

/** Shows results in the order they come, each in the section of its group; more may be added later. */
export class ResultList {
  readonly element = make("div", "tb-search-results");
  private readonly sections = new Map<string, HTMLElement>();

  add(results: readonly Result[]): void {
    for (const result of results) {
      const { key } = result.group;
      const list = this.sections.get(key) ?? this.open(result.group);
      list.append(showResult(result, list.getAttribute("aria-labelledby") ?? ""));
    }
  }

  /** How many lessons the results come from: a lesson's key names its track and itself. */
  countLessons(): number {
    return [...this.sections.keys()].filter((key) => key.includes("/")).length;
  }

  clear(): void {
    this.sections.clear();
    this.element.replaceChildren();
  }

  private open({ key, title, place, track }: Group): HTMLElement {
    const heading = make("h2", "", title);
    heading.id = `tb-found-${this.sections.size}`;
    if (place) heading.append(" ", make("small", "", place));
    const list = make("ul", "");
    list.setAttribute("aria-labelledby", heading.id);
    const section = make("section", "tb-search-group");
    if (track !== null) section.dataset["track"] = String(track);
    section.append(heading, list);
    this.element.append(section);
    this.sections.set(key, list);
    return list;
  }
}

function showResult({ address, title, label, group, excerpt, sections }: Result, heading: string): HTMLElement {
  const link = make("a", "tb-search-page");
  link.href = address;
  link.append(make("span", "tb-search-kind", label));
  if (title !== group.title) link.append(" ", make("span", "", title));
  else link.setAttribute("aria-describedby", heading);
  const text = make("p", "");
  text.append(...excerpt.map((piece, place) => (place % 2 ? make("mark", "", piece) : piece)));
  const item = make("li", "tb-search-result");
  item.append(link, text);
  if (sections.length) {
    const list = make("ul", "tb-search-sections");
    for (const section of sections) {
      const way = make("a", "", section.title);
      way.href = section.address;
      const entry = make("li", "");
      entry.append(way);
      list.append(entry);
    }
    item.append(list);
  }
  return item;
}

/** Returns an element with this class and text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, name: string, text = ""): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(text);
  return element;
}
