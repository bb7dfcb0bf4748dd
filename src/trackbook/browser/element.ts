/** Adds to a widget's fallback what its script can do; false when a part is missing, and then changes nothing. */
export type Start = (widget: HTMLElement, signal: AbortSignal) => boolean;

/** Defines an element that starts whenever it enters a page. What `start` bound to the signal ends when it leaves. */
export function defineElement(tag: string, start: Start): void {
  if (customElements.get(tag)) return;
  customElements.define(
    tag,
    class extends HTMLElement {
      #bound: AbortController | undefined;

      connectedCallback(): void {
        this.#bound = new AbortController();
        if (start(this, this.#bound.signal)) this.dataset["ready"] = "";
      }

      disconnectedCallback(): void {
        this.#bound?.abort();
        delete this.dataset["ready"];
      }
    },
  );
}
