/** What the server tells while an author writes. One tab listens for all of this site: a browser grants a server few connections. */

export interface News {
  /** The names of changed files that are not a page's text. */
  readonly names: readonly string[];
  /** Whether the connection has just been made: what happened before is not known. */
  readonly opened: boolean;
}

const NAME = "trackbook:events";

export function listen(hear: (news: News) => void): void {
  const tabs = new BroadcastChannel(NAME);
  tabs.addEventListener("message", ({ data }) => hear(data as News));
  const tell = (news: News): void => {
    tabs.postMessage(news);
    hear(news);
  };
  const lead = (): Promise<never> => {
    const events = new EventSource("/_trackbook/events");
    events.addEventListener("open", () => tell({ names: [], opened: true }));
    events.addEventListener("message", ({ data }) => tell({ names: JSON.parse(data as string) as string[], opened: false }));
    return new Promise(() => {}); // for as long as the tab is open
  };
  // Pages from another machine, without HTTPS, have no locks: then each tab listens.
  if ("locks" in navigator) void navigator.locks.request(NAME, lead);
  else void lead();
}
