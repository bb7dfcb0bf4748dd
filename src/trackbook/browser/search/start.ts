import type { Names } from "../record/replay";
import { make } from "../make";
import { keyFor } from "../site";
import { say } from "../texts";
import type { Way } from "./learner";
import { isForAuthors } from "./page-index";

/** What a learner may want who has typed nothing yet. Who has a record finds it here; for others none is begun. */
export class Start {
  readonly element = make("section", "tb-search-group tb-search-start");
  #learner: Promise<typeof import("./learner") | undefined> | undefined;

  /** The record may have changed since the last time. */
  async renew(): Promise<void> {
    this.#learner = loadLearner();
    const ways = (await (await this.#learner)?.listWays()) ?? [];
    const list = make("ul", "", ...ways.map(makeEntry));
    this.element.replaceChildren(...(ways.length ? [make("h2", "", say("search.go_to")), list] : []));
  }

  /** The modules that are marked as done. */
  async readDone(): Promise<Names> {
    return (await (await this.#learner)?.readDone()) ?? new Set();
  }

  get first(): HTMLAnchorElement | null {
    return this.element.hidden ? null : this.element.querySelector("a");
  }
}

function makeEntry({ href, title, about }: Way): HTMLElement {
  const link = make("a", "tb-search-page", title);
  link.href = href;
  return make("li", "tb-search-result", link, " ", make("small", "", about));
}

async function loadLearner(): Promise<typeof import("./learner") | undefined> {
  if (isForAuthors()) return undefined;
  try {
    const kept = await indexedDB.databases();
    return kept.some(({ name }) => name === keyFor("record")) ? await import("./learner") : undefined;
  } catch {
    return undefined;
  }
}
