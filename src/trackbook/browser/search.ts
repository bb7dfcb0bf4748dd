/** Kinds of inputs in which a key is not a letter of some text. */
const WITHOUT_TEXT = new Set(["button", "checkbox", "color", "file", "radio", "range", "reset", "submit"]);

/** Search opens by `/`, Ctrl-K or ⌘K, and by its link in the header; its code comes when it is first wanted. */
export function bindSearch(): void {
  const link = document.querySelector<HTMLAnchorElement>("a.tb-search-open");
  if (!link) return;
  const load = () => import("./search-dialog");
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

/** A key that is a letter alone can be turned off: it is in the way of those who speak to their device (WCAG 2.1.4). */
function opensSearch({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (key === "/") return !ctrlKey && !metaKey && !altKey && document.documentElement.dataset["keys"] !== "off";
  return key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey;
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.has(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select"));
}
