/** What is wider than the screen scrolls inside its own frame: such a frame takes the keyboard, with a name; others stay out of the way. */
export function nameScrollers(root: ParentNode = document): void {
  const frames = root.querySelectorAll<HTMLElement>('article :is(.tb-scroll, pre, .tb-formula)');
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const frame = target as HTMLElement;
      if (frame.scrollWidth > frame.clientWidth + 1) {
        frame.tabIndex = 0;
        frame.setAttribute("role", "region");
        frame.setAttribute("aria-label", nameApart(frame, frames));
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
      }
    }
  });
  for (const frame of frames) observer.observe(frame);
}

/** Two that begin alike are told apart by a number. */
function nameApart(frame: HTMLElement, frames: Iterable<HTMLElement>): string {
  const taken = new Set([...frames].map((other) => (other === frame ? "" : other.getAttribute("aria-label"))));
  const name = nameOf(frame);
  let apart = name;
  for (let number = 2; taken.has(apart); number++) apart = `${name} (${number})`;
  return apart;
}

/** A frame is called by what is in it: a picture by its text, a table by its heads, anything else by how it begins. */
function nameOf(frame: HTMLElement): string {
  const picture = frame.querySelector("[role=img], img");
  const heads = [...frame.querySelectorAll("thead th")].map((head) => head.textContent?.trim()).filter(Boolean);
  const text = picture?.getAttribute("aria-label") ?? picture?.getAttribute("alt") ?? (heads.join(", ") || frame.textContent || "");
  return text.trim().replace(/\s+/g, " ").slice(0, 80);
}
