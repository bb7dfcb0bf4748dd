import { HIGHEST_RETENTION, LOWEST_RETENTION } from "../record/event";
import type { State } from "../record/replay";
import { say } from "../texts";
import { make } from "../make";
import type { Desk } from "./page";
import { sayPercent } from "./saying";

let open = false;

/** How much to remember, and which modules new cards come from. */
export function makeSettings(desk: Desk, state: State): HTMLElement {
  const details = make("details", "tb-review-settings", make("summary", "", say("review.settings")));
  // A course may have hundreds of modules: their list is made for whoever asks.
  const fill = (): void => void (details.childElementCount > 1 || details.append(makeRetention(desk, state), makeChoice(desk, state)));
  details.addEventListener("toggle", () => ((open = details.open), open && fill()), { signal: desk.signal });
  if (open) fill();
  details.open = open;
  return details;
}

function makeRetention(desk: Desk, state: State): HTMLElement {
  const input = make("input");
  input.type = "range";
  [input.min, input.max, input.step] = [LOWEST_RETENTION, HIGHEST_RETENTION, 0.01].map(String) as [string, string, string];
  input.value = String(state.retention);
  const name = make("span", "", say("review.retention", { percent: sayPercent(state.retention) }));
  input.addEventListener("input", () => (name.textContent = say("review.retention", { percent: sayPercent(input.valueAsNumber) })), { signal: desk.signal });
  input.addEventListener("change", () => void desk.record.note("", { is: "retention", value: input.valueAsNumber }), { signal: desk.signal });
  return make("div", "tb-retention", make("label", "", name, input), make("p", "", say("review.retention_why")));
}

/** Modules that are done give their cards anyway. */
function makeChoice(desk: Desk, state: State): HTMLElement {
  const set = make("fieldset", "tb-modules", make("legend", "", say("review.choose")));
  for (const { key, title, place } of desk.deck.modules) {
    const input = make("input");
    input.type = "checkbox";
    input.name = key;
    const done = state.done.has(key);
    [input.checked, input.disabled] = [done || state.chosen.has(key), done];
    input.addEventListener("change", () => void desk.record.note(key, { is: input.checked ? "choose" : "leave" }), { signal: desk.signal });
    const name = done ? say("review.choose_done", { title }) : title;
    set.append(make("label", "", input, make("span", "", `${place}: ${name}`)));
  }
  return set;
}
