import { makeButton, makeStatus, whenGone } from "./controls";
import { defineElement } from "./element";
import { followState } from "./glimpse";
import { makeLink } from "./make";
import { root } from "./site";
import { say } from "./texts";

/** Lets a learner say that a module is done: it is never guessed. */
defineElement("tb-done", async (element, signal) => {
  const key = element.dataset["module"] ?? "";
  const mark = async (done: boolean): Promise<void> => {
    const { announceTrouble, openWatchedRecord } = await import("./record/trouble");
    const record = await openWatchedRecord();
    // Refused or not: the record then only outlives a full disk less often.
    if (done) navigator.storage?.persist?.().catch(() => undefined);
    await record.note(key, { is: done ? "done" : "not-done" });
    announceTrouble(record);
    import("./review/count").then(({ followCount }) => followCount()).catch(() => undefined);
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
  whenGone(signal, () => delete element.dataset["state"]);
  await followState(({ done }) => signal.aborted || show(done.has(key)), signal);
  return true;
});
