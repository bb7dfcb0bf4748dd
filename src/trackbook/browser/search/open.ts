import { isLetter, isTyping } from "../asking";

/** Search opens by `/`, Ctrl-K or ⌘K, and by its link in the header; its code comes when it is first wanted. */
export function bindSearch(): void {
  const link = document.querySelector<HTMLAnchorElement>("a.tb-search-open");
  if (!link) return;
  const load = () => import("./dialog");
  const open = (event: Event): void => {
    event.preventDefault();
    // Without its code there is still the list of everything.
    load().then(({ openSearch }) => openSearch(link), () => location.assign(link.href));
  };
  link.setAttribute("aria-haspopup", "dialog");
  link.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
  link.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
  });
  for (const sign of ["pointerenter", "focus"]) {
    link.addEventListener(sign, () => void load().catch(() => undefined), { once: true });
  }
  addEventListener("keydown", (event) => {
    if (opensSearch(event) && !event.defaultPrevented && !isTyping(event.target)) open(event);
  });
}

function opensSearch(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  return key === "/" ? isLetter(event) : key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey;
}
