import { make } from "../make";
import type { State } from "../record/replay";
import { say } from "../texts";

/** A written lesson on the line of its track. */
export interface Station {
  readonly entry: HTMLElement;
  readonly key: string;
  readonly number: number;
  readonly title: string;
  readonly track: string;
  readonly address: string;
  readonly minutes: number;
}

export function readStations(): Station[] {
  return [...document.querySelectorAll<HTMLElement>(".tb-stations > li[data-module]")].map((entry) => {
    const link = entry.querySelector("a");
    return {
      entry,
      key: entry.dataset["module"] ?? "",
      number: Number(entry.dataset["number"]),
      title: link?.firstChild?.textContent ?? "",
      track: entry.closest(".tb-track")?.querySelector("h3 a")?.textContent ?? "",
      address: link?.href ?? "",
      minutes: Number(entry.querySelector<HTMLElement>("[data-minutes]")?.dataset["minutes"] ?? 0),
    };
  });
}

/** Half a stop is begun, and how much of a track is done stands above its line; stops that are done are marked in every list. */
export function showStations(stations: readonly Station[], { done, places }: State): void {
  for (const { entry, key } of stations) {
    showBegun(entry, places.has(key) && !done.has(key));
  }
  for (const tally of document.querySelectorAll<HTMLElement>(".tb-tally")) {
    const keys = stations.filter(({ entry }) => tally.closest("li")?.contains(entry)).map(({ key }) => key);
    const count = keys.filter((key) => done.has(key)).length;
    tally.dataset["first"] ??= tally.textContent;
    // What all of it takes is no longer what is left.
    tally.nextElementSibling?.toggleAttribute("hidden", count > 0);
    tally.textContent = count > 0 ? say("home.tally", { done: count, total: keys.length }) : tally.dataset["first"];
  }
}

export function showBegun(entry: HTMLElement, begun: boolean): void {
  if (entry.classList.toggle("tb-is-begun", begun) === (entry.querySelector(".tb-begun") !== null)) return;
  if (begun) entry.querySelector("a")?.append(makeWord());
  else entry.querySelector(".tb-begun")?.remove();
}

/** The stop shows it; its word is for those who don't see it. */
function makeWord(): HTMLElement {
  const word = make("span", "tb-begun");
  word.setAttribute("role", "img");
  word.setAttribute("aria-label", say("home.begun"));
  return word;
}
