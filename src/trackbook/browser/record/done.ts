import { makeButton, makeStatus, whenGone } from "../controls";
import { defineElement } from "../element";
import { make, makeLink } from "../make";
import { root } from "../site";
import { say } from "../texts";
import { readState } from "./state";
import { announceTrouble, openWatchedRecord } from "./trouble";

/** Lets a learner say that a module is done: it is never guessed. */
defineElement("tb-done", async (element, signal) => {
  const key = element.dataset["module"] ?? "";
  const record = await openWatchedRecord();
  const mark = async (done: boolean): Promise<void> => {
    // Refused or not: the record then only outlives a full disk less often.
    if (done) navigator.storage?.persist?.().catch(() => undefined);
    await record.note(key, { is: done ? "done" : "not-done" });
    announceTrouble(record);
    import("../review/count").then(({ followCount }) => followCount()).catch(() => undefined);
  };
  const show = (done: boolean): void => {
    if (element.dataset["state"] === String(done)) return;
    const focused = element.contains(document.activeElement);
    const status = makeStatus();
    if (done) status.append(`${say("done.marked")} ${say("done.cards")} `, makeLink(new URL("review/", root).href, say("done.review")));
    const button = makeButton(say(done ? "done.unmark" : "done.mark"), signal, () => void mark(!done));
    element.replaceChildren(status, button);
    element.dataset["state"] = String(done);
    element.hidden = false;
    if (focused) button.focus();
  };
  const update = async (): Promise<void> => {
    const { done } = await readState(record);
    if (!signal.aborted) show(done.has(key));
  };
  record.addEventListener("change", () => void update(), { signal });
  whenGone(signal, () => delete element.dataset["state"]);
  await update();
  return true;
});

/** In every list of lessons: a tick, with its word for those who don't see it. */
export function markModules(done: ReadonlySet<string>): void {
  for (const entry of document.querySelectorAll<HTMLElement>("li[data-module]")) {
    const marked = done.has(entry.dataset["module"] ?? "");
    if (entry.classList.toggle("tb-is-done", marked) === (entry.querySelector(".tb-tick") !== null)) continue;
    if (marked) (entry.querySelector("a") ?? entry).append(makeTick());
    else entry.querySelector(".tb-tick")?.remove();
  }
  markStops(done);
}

/** On a map a stop that is done bears a tick in the place of its number. */
function markStops(done: ReadonlySet<string>): void {
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
export async function showMarks(): Promise<void> {
  const record = await openWatchedRecord();
  const update = async (): Promise<void> => markModules((await readState(record)).done);
  record.addEventListener("change", () => void update());
  await update();
}
