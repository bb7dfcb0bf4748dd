/** In milliseconds. A page that is busy for longer at a time feels stuck. */
const LONGEST = 30;

/** Long work that lets the page answer now and then: `if (pace.isDue) await pace.rest();`. */
export class Pace {
  #since = performance.now();

  get isDue(): boolean {
    return performance.now() - this.#since > LONGEST;
  }

  /** By a message, since browsers slow down timers of a tab that is not seen. */
  async rest(): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    await new Promise((wake) => {
      port1.onmessage = wake;
      port2.postMessage("");
    });
    port1.close();
    this.#since = performance.now();
  }
}
