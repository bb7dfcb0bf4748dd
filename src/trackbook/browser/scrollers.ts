/** What is wider than the screen scrolls inside its own frame: such a frame takes the keyboard, with a name; others stay out of the way. */
export function nameScrollers(): void {
  const frames = document.querySelectorAll<HTMLElement>('article :is(.tb-scroll, pre, math[display="block"])');
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const frame = target as HTMLElement;
      if (frame.scrollWidth > frame.clientWidth + 1) {
        frame.tabIndex = 0;
        if (frame.localName === "div") {
          frame.setAttribute("role", "group");
          frame.setAttribute("aria-label", nameOf(frame));
        }
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
      }
    }
  });
  for (const frame of frames) observer.observe(frame);
}

function nameOf(frame: HTMLElement): string {
  const picture = frame.querySelector("[role=img], img");
  const heading = [...document.querySelectorAll("article :is(h1, h2, h3)")].filter(
    (title) => title.compareDocumentPosition(frame) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return (picture?.getAttribute("aria-label") ?? picture?.getAttribute("alt") ?? heading.at(-1)?.firstChild?.textContent ?? "").trim();
}
