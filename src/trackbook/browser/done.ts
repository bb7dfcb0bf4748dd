import sheet from "trackbook:done.css";
import { makeButton, makeStatus } from "./controls";
import { defineElement } from "./element";
import { followState } from "./glimpse";
import { leave } from "./leaving";
import { make } from "./make";
import { say } from "./texts";

const looks = new CSSStyleSheet();
looks.replaceSync(sheet);
document.adoptedStyleSheets.push(looks);

/** Lets a learner say that a module is done: it is never guessed. */
defineElement("tb-done", async (element, signal) => {
  const key = element.dataset["module"] ?? "";
  const mark = async (done: boolean): Promise<void> => {
    const left = leave(key, { is: done ? "done" : "not-done" });
    const { announceTrouble, openWatchedRecord } = await import("./record/trouble");
    const record = await openWatchedRecord();
    // Refused or not: the record then only outlives a full disk less often.
    if (done) navigator.storage?.persist?.().catch(() => undefined);
    await record.keep(left);
    announceTrouble(record);
    import("./review/count").then(({ followCount }) => followCount()).catch(() => undefined);
  };
  let isDone = false;
  const status = makeStatus();
  const button = makeButton("", signal, () => void mark(!isDone));
  const note = make("p", "tb-note");
  const count = Number(element.dataset["cards"]);
  const kind = "defined" in element.dataset ? "_defined" : "";
  const show = (moment: number | undefined): void => {
    isDone = moment !== undefined;
    element.dataset["state"] = String(isDone);
    status.replaceChildren(...(moment === undefined ? [] : sayDone(new Date(moment), count, kind)));
    button.textContent = say(isDone ? "done.unmark" : "done.mark");
    note.textContent = isDone || count === 0 ? "" : say(`done.cards_then${kind}`, { count });
  };
  await followState(({ done }) => signal.aborted || show(done.get(key)), signal);
  element.replaceChildren(status, button, note);
  element.hidden = false;
  return true;
});

/** On the day itself also what comes of it. */
function sayDone(day: Date, count: number, kind: string): (Node | string)[] {
  if (day.toDateString() === new Date().toDateString()) return [make("b", "", say("done.today")), count > 0 ? ` ${say(`done.cards${kind}`, { count })}` : ""];
  const date = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(day);
  return [make("b", "", say("done.on", { date }))];
}
