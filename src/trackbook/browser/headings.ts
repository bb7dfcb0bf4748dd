/** The text of the heading that a part of the article stands below. */
export function findHeading(article: Element, part: Element): string {
  const before = [...article.querySelectorAll("h1, h2, h3")].filter(
    (heading) => heading.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const copy = before.at(-1)?.cloneNode(true);
  if (!(copy instanceof Element)) return "";
  for (const link of copy.querySelectorAll(".headerlink")) link.remove();
  return copy.textContent.trim();
}
