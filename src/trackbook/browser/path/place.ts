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

/** What the lesson's page says of a section; undefined where it has none of this id any more. `minutes` are those of the whole lesson. */
export function findStand(page: Document | undefined, section: string, minutes: number): Stand | undefined {
  const article = page?.querySelector("article");
  const headings = [...(article?.querySelectorAll("h2[id]") ?? [])];
  const at = headings.findIndex(({ id }) => [id, encodeURIComponent(id)].includes(section));
  const heading = headings[at];
  if (!page || !article || !heading) return undefined;
  const rest = page.createRange();
  rest.setStartBefore(heading);
  rest.setEndAfter(article);
  const share = rest.toString().length / article.textContent.length;
  heading.querySelector(".headerlink")?.remove();
  return { number: at + 1, total: headings.length, title: heading.textContent.trim(), left: Math.max(1, Math.round(minutes * share)) };
}

/** The address of a place in a lesson. */
export function locatePlace(lesson: string, section: string): string {
  const url = new URL(lesson);
  url.hash = section;
  return url.href;
}
