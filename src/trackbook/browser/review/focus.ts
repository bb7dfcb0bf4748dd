const MARK = "tb-sitting";

/**
 * A sitting has the page to itself: what leads elsewhere is gone until the learner leaves, by a button, by Escape, or by the browser's
 * way back, for which it is a step of its own. `left` is called then.
 */
export class Focus {
  /** Going back takes a browser some time, in which no new step may be made. */
  #gone: Promise<unknown> = Promise.resolve();

  constructor(
    readonly element: HTMLElement,
    signal: AbortSignal,
    left: () => void,
  ) {
    const hear = (): void => {
      if (this.isOn && !this.isMarked) this.#turn(false), left();
    };
    addEventListener("popstate", hear, { signal });
  }

  get isOn(): boolean {
    return "sitting" in this.element.dataset;
  }

  /** Whether the browser is at the step of a sitting: so it is after a reload in the middle of one. */
  get isMarked(): boolean {
    return (history.state as Record<string, unknown> | null)?.[MARK] === true;
  }

  async enter(): Promise<void> {
    this.#turn(true);
    await this.#gone;
    if (!this.isMarked) history.pushState({ ...(history.state as object | null), [MARK]: true }, "");
  }

  /** Ends it from here. */
  leave(): void {
    this.#turn(false);
    if (!this.isMarked) return;
    this.#gone = new Promise((gone) => addEventListener("popstate", gone, { once: true }));
    history.back();
  }

  #turn(on: boolean): void {
    this.element.toggleAttribute("data-sitting", on);
    scrollTo({ top: 0, behavior: "instant" });
  }
}
