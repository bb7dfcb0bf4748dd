import sheet from "trackbook:tick.css";
import { followState } from "./glimpse";
import { make } from "./make";
import type { Names } from "./record/replay";
import { say } from "./texts";

const looks = new CSSStyleSheet();
looks.replaceSync(sheet);
document.adoptedStyleSheets.push(looks);

/** In every list of lessons: a tick, with its word for those who don't see it. */
export function markModules(done: Names): void {
  for (const entry of document.querySelectorAll<HTMLElement>("li[data-module]")) {
    const marked = done.has(entry.dataset["module"] ?? "");
    if (entry.classList.toggle("tb-is-done", marked) === (entry.querySelector(".tb-tick") !== null)) continue;
    if (marked) (entry.querySelector("a") ?? entry).append(makeTick());
    else entry.querySelector(".tb-tick")?.remove();
  }
  markStops(done);
}

/** On a map a stop that is done bears a tick in the place of its number. */
function markStops(done: Names): void {
  for (const stop of document.querySelectorAll<SVGElement>("g[data-module]")) {
    const marked = done.has(stop.dataset["module"] ?? "");
    const [link, number] = [stop.querySelector("a"), stop.querySelector(".tb-number")];
    if (stop.classList.toggle("tb-is-done", marked) === (stop.dataset["number"] !== undefined) || !link || !number) continue;
    const label = link.getAttribute("aria-label") ?? "";
    const word = `, ${say("record.done")}`;
    link.setAttribute("aria-label", marked ? label + word : label.slice(0, -word.length));
    if (marked) stop.dataset["number"] = number.textContent;
    number.textContent = marked ? "✓" : (stop.dataset["number"] ?? "");
    if (!marked) delete stop.dataset["number"];
  }
}

function makeTick(): HTMLElement {
  const tick = make("span", "tb-tick", "✓");
  tick.setAttribute("role", "img");
  tick.setAttribute("aria-label", say("record.done"));
  return tick;
}

/** Marks what is done where a list of lessons stands. */
export function showMarks(): Promise<void> {
  return followState(({ done }) => markModules(done));
}
