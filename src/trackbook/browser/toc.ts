/** Marks the section that is being read in the list beside the text. */
export function followReading(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>(".tb-toc a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
  );
  if (links.size === 0) return;
  const headings = [...document.querySelectorAll<HTMLElement>("article :is(h2, h3)[id]")].filter(({ id }) => links.has(id));
  const mark = (): void => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 120).at(-1);
    for (const [id, link] of links) {
      if (id === passed?.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(mark, { rootMargin: "-110px 0px 0px 0px" });
  for (const heading of headings) observer.observe(heading);
  addEventListener("scrollend", mark);
}
