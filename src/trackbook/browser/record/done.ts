import sheet from "trackbook:done.css";
import { makeButton, makeStatus } from "../controls";
import { defineElement } from "../element";
import { make } from "../make";
import { say } from "../texts";
import type { Names } from "./replay";
import { readState } from "./state";
import { announceTrouble, openWatchedRecord } from "./trouble";

const looks = new CSSStyleSheet();
looks.replaceSync(sheet);
document.adoptedStyleSheets.push(looks);

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
  let isDone = false;
  const status = makeStatus();
  const button = makeButton("", signal, () => void mark(!isDone));
  const note = make("p", "tb-note");
  const count = Number(element.dataset["cards"]);
  const show = (moment: number | undefined): void => {
    isDone = moment !== undefined;
    element.dataset["state"] = String(isDone);
    status.replaceChildren(...(moment === undefined ? [] : sayDone(new Date(moment), count)));
    button.textContent = say(isDone ? "done.unmark" : "done.mark");
    note.textContent = isDone || count === 0 ? "" : say("done.cards_then", { count });
  };
  const update = async (): Promise<void> => {
    const { done } = await readState(record);
    if (!signal.aborted) show(done.get(key));
  };
  record.addEventListener("change", () => void update(), { signal });
  await update();
  element.replaceChildren(status, button, note);
  element.hidden = false;
  return true;
});

/** On the day itself also what comes of it. */
function sayDone(day: Date, count: number): (Node | string)[] {
  if (day.toDateString() === new Date().toDateString()) return [make("b", "", say("done.today")), count > 0 ? ` ${say("done.cards", { count })}` : ""];
  const date = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(day);
  return [make("b", "", say("done.on", { date }))];
}

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
export async function showMarks(): Promise<void> {
  const record = await openWatchedRecord();
  const update = async (): Promise<void> => markModules((await readState(record)).done);
  record.addEventListener("change", () => void update());
  await update();
}
