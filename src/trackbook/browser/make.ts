/** An element with a class, and what stands in it. */
export function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, kind = "", ...content: readonly (Node | string)[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...content);
  return made;
}

export function makeLink(href: string, text: string): HTMLAnchorElement {
  const made = make("a", "", text);
  made.href = href;
  return made;
}
