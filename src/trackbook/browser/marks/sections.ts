import { LONGEST_NAME } from "../record/marks-limits";

/** The section that a mark is in, as its event names it. */
export interface Section {
  readonly title: string;
  readonly section: string;
  readonly heading: string;
}

/** The heading above the words, or above what is on the screen. */
export function findHeading(article: HTMLElement, words: Range | undefined): HTMLElement | undefined {
  const headings = [...article.querySelectorAll<HTMLElement>("h2[id], h3[id]")];
  const isAbove = (heading: HTMLElement): boolean => (words ? words.comparePoint(heading, 0) <= 0 : heading.getBoundingClientRect().top < innerHeight / 2);
  return headings.filter(isAbove).at(-1);
}

export function describe(article: HTMLElement, heading: HTMLElement | undefined): Section {
  return { title: read(article.querySelector("h1")), section: (heading?.id ?? "").slice(0, LONGEST_NAME), heading: read(heading) };
}

/** What a heading says, without the link to it. */
function read(heading: Element | null | undefined): string {
  const parts = [...(heading?.childNodes ?? [])].filter((part) => !(part instanceof Element && part.matches(".headerlink, .tb-mine")));
  return parts.map(({ textContent }) => textContent).join("").trim().slice(0, LONGEST_NAME);
}
