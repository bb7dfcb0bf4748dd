import { tell, type Former, type Named, type Recall } from "./answers";
import { makeButton, whenGone } from "./controls";
import { sayDay } from "./days";
import { LONGEST_DRAFT } from "./record/limits";
import { say } from "./texts";

export function nameItem({ dataset }: HTMLElement): Named {
  return { item: dataset["item"] ?? "", key: dataset["key"] ?? "" };
}

/** Hands over what stood in an element before, unless its learner was faster, or it is to be answered afresh. */
export function recall(element: HTMLElement, signal: AbortSignal, take: (former: Former) => void, of: Omit<Recall, "take"> = nameItem(element)): void {
  if ("fresh" in element.dataset) return;
  let isTouched = false;
  for (const kind of ["input", "click"]) element.addEventListener(kind, () => (isTouched = true), { signal, once: true });
  tell(element, "tb-recall", { ...of, take: (former) => void (former && !isTouched && !signal.aborted && take(former)) });
}

/** Shows what is there again; in short where the whole would move what its reader sees. */
export function showAgain(element: HTMLElement, show: (whole: boolean) => void): void {
  const { bottom, height } = element.getBoundingClientRect();
  show(true);
  if (bottom < innerHeight && element.getBoundingClientRect().height > height + 1) show(false);
}

/** The same for what may come to be lower as well: what its reader sees below it keeps its place until they go on here. */
export function showInPlace(element: HTMLElement, show: (whole: boolean) => void): void {
  const widget = element.closest<HTMLElement>(".tb-widget") ?? element;
  const { top, height } = widget.getBoundingClientRect();
  const size = getComputedStyle(widget).blockSize;
  showAgain(widget, show);
  if (top > innerHeight || widget.getBoundingClientRect().height >= height) return;
  widget.style.minBlockSize = size;
  widget.addEventListener("click", () => widget.style.removeProperty("min-block-size"), { once: true });
}

/** Milliseconds without a change after which it is kept. */
const REST = 600;

/** Keeps what stands in an element: soon, or when its page is left; or now. */
export class Keeper {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    element: HTMLElement,
    readonly keep: () => void,
    signal: AbortSignal,
  ) {
    const flush = (): void => void (this.#timer !== undefined && this.now());
    document.addEventListener("visibilitychange", flush, { signal });
    addEventListener("pagehide", flush, { signal });
    // Whoever leaves a text may be leaving the page.
    element.querySelector("textarea")?.addEventListener("change", flush, { signal });
    signal.addEventListener("abort", () => this.cancel());
  }

  soon(): void {
    this.cancel();
    this.#timer = setTimeout(() => this.now(), REST);
  }

  now(): void {
    this.cancel();
    this.keep();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** Puts text into a field. Where more is there than the field shows it grows no sooner than its learner goes there: nothing moves before. */
export function fillText(field: HTMLTextAreaElement, value: string): void {
  showAgain(field, (whole) => {
    field.style.setProperty("field-sizing", whole ? "" : "fixed");
    field.value = value;
  });
  field.addEventListener("focus", () => field.style.removeProperty("field-sizing"), { once: true });
}

/** Says below a field for own words where and since when they are kept, and offers to delete them; nothing while none are. */
export function offerDelete(widget: HTMLElement, signal: AbortSignal, forget: () => void): (since: number | undefined) => void {
  const place = widget.querySelector(".tb-kept");
  const field = widget.querySelector("textarea");
  if (!place || !field) return () => undefined;
  field.maxLength = LONGEST_DRAFT;
  const button = makeButton(say("former.delete"), signal, forget, "tb-quiet");
  whenGone(signal, () => place.replaceChildren());
  return (since) => {
    const said = since === undefined ? "" : `${say("former.kept", { day: sayDay(since) })} `;
    const [text] = place.childNodes;
    if (said && text) text.textContent = said;
    else place.replaceChildren(...(said ? [said, button] : []));
  };
}
