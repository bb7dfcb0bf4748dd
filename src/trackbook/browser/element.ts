/** Adds to an element what its script can do; false when a part is missing, and then changes nothing. */
export type Start = (element: HTMLElement, signal: AbortSignal) => boolean | Promise<boolean>;

/** Defines an element that starts whenever it enters a page. What `start` bound to the signal ends when it leaves. */
export function defineElement(tag: string, start: Start): void {
  if (customElements.get(tag)) return;
  customElements.define(
    tag,
    class extends HTMLElement {
      #bound: AbortController | undefined;

      connectedCallback(): void {
        this.#bound = new AbortController();
        void this.#start(this.#bound.signal);
      }

      async #start(signal: AbortSignal): Promise<void> {
        const started = await start(this, signal);
        if (started && !signal.aborted) this.dataset["ready"] = "";
      }

      disconnectedCallback(): void {
        this.#bound?.abort();
        delete this.dataset["ready"];
      }
    },
  );
}
