/** Where a learner was in a lesson: told by the lesson's own page, so that it is right whatever was edited meanwhile. */
export interface Stand {
  /** Which of its sections it is, counted from 1; 0 before the first. */
  readonly number: number;
  readonly total: number;
  readonly title: string;
  /** Minutes from there to the end. */
  readonly left: number;
}

/** A page of this site, as a document that runs nothing; undefined where it can't be had. */
export async function readPage(url: string): Promise<Document | undefined> {
  // Where pages are files, no script can read another one.
  if ("trackbookFile" in globalThis) return undefined;
  try {
    const response = await fetch(url);
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a section, the last of its page, is a list of sources, folded or not: nobody goes on with it. */
export function isList(heading: Element | undefined): boolean {
  return heading?.nextElementSibling?.matches("ul, ol, details:has(> summary + :is(ul, ol):last-child)") === true;
}

/** What the lesson's page says of a section; undefined where it has none of this id any more. `minutes` are those of the whole lesson. */
export function findStand(page: Document | undefined, section: string, minutes: number): Stand | undefined {
  const article = page?.querySelector("article");
  const headings = [...(article?.querySelectorAll("h2[id]") ?? [])];
  const at = headings.findIndex(({ id }) => [id, encodeURIComponent(id)].includes(section));
  const heading = headings[at];
  if (!page || !article || !heading) return undefined;
  const last = headings.at(-1);
  const measure = (from: Element): number => {
    const range = page.createRange();
    range.setStartBefore(from);
    if (last && isList(last)) range.setEndBefore(last);
    else range.setEndAfter(article);
    return range.toString().length;
  };
  const share = isList(heading) && heading === last ? 0 : measure(heading) / measure(article);
  heading.querySelector(".headerlink")?.remove();
  return { number: at + 1, total: headings.length, title: heading.textContent.trim(), left: Math.max(1, Math.round(minutes * share)) };
}

/** The address of a place in a lesson. */
export function locatePlace(lesson: string, section: string): string {
  const url = new URL(lesson);
  url.hash = section;
  return url.href;
}
