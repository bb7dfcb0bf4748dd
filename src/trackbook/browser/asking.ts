/** Kinds of inputs in which a key is not a letter of some text. */
const WITHOUT_TEXT = new Set(["button", "checkbox", "color", "file", "radio", "range", "reset", "submit"]);

/** Help with keys, and what is told of a mistake, come when somebody asks for them. */
export function bindAsking(): void {
  const help = (): void => void import("./keyboard-help").then(({ showKeys }) => showKeys()).catch(() => undefined);
  document.querySelector(".tb-keys")?.addEventListener("click", help);
  addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.defaultPrevented || !isLetter(event) || isTyping(event.target)) return;
    event.preventDefault();
    help();
  });
  bindReport();
}

function bindReport(): void {
  const link = document.querySelector<HTMLAnchorElement>(".tb-report");
  let chosen: Range | undefined;
  const look = (): void => void (chosen = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0).cloneRange() : undefined);
  // At the click itself, words that were chosen no longer are; by keyboard they still are.
  link?.addEventListener("pointerdown", look);
  link?.addEventListener("click", (event) => {
    if (event.detail === 0) look();
    event.preventDefault();
    // Without its code the link still leads there.
    import("./report").then(({ showReport }) => showReport(link, chosen), () => location.assign(link.href));
  });
}

/** A key that is a letter alone can be turned off: it is in the way of those who speak to their device (WCAG 2.1.4). */
export function isLetter({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && !altKey && document.documentElement.dataset["keys"] !== "off";
}

export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.has(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select"));
}
