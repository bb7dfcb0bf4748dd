import { tell } from "../../browser/answers";
import { makeActions, makeButton, makeStatus, removeWhenGone, whenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";
import { Keeper, nameItem, offerDelete, recall } from "../../browser/former";
import { say } from "../../browser/texts";
import { readEntry } from "./entry";

/** Lets a learner commit to an answer, and only then offers what turns out to be so. */
defineElement("tb-predict", (widget, signal) => {
  const answer = widget.querySelector<HTMLDetailsElement>("details.tb-answer");
  const entry = readEntry(widget);
  if (!answer || !entry) return false;

  const status = makeStatus();
  const name = nameItem(widget);
  const keeper = new Keeper(widget, () => {
    const value = entry.read();
    const told = (isKept: boolean): void => showKept(isKept && value !== "" ? Date.now() : undefined);
    tell(widget, "tb-keep", { ...name, is: entry.isPrivate ? "draft" : "choice", value, held: widget.dataset["state"] !== "asking", told });
  }, signal);
  const forget = (): void => {
    entry.clear();
    enter("asking", say("former.deleted"));
    keeper.now();
    entry.focus();
  };
  const showKept = offerDelete(widget, signal, forget);
  const enter = (state: "asking" | "committed" | "revealed", sentence = ""): void => {
    widget.dataset["state"] = state;
    commit.hidden = peek.hidden = state !== "asking";
    reveal.hidden = change.hidden = state !== "committed";
    again.hidden = state !== "revealed";
    entry.hold(state !== "asking");
    answer.open = state === "revealed";
    if (state !== "revealed") entry.judge(undefined);
    status.textContent = sentence;
  };
  const show = (): void => {
    const right = entry.isGiven() ? entry.isRight() : undefined;
    enter("revealed", say(right === undefined ? "predict.compare" : right ? "predict.right" : "predict.wrong"));
    entry.judge(right);
    again.focus();
    if (right !== undefined) tell(widget, "tb-answer", { ...name, right, value: entry.read() });
  };

  const commit = makeButton(
    say("predict.commit"),
    signal,
    () => {
      if (!entry.isGiven()) {
        status.textContent = entry.request;
        entry.focus();
        return;
      }
      enter("committed", say("predict.committed"));
      keeper.now();
      reveal.focus();
    },
    "tb-main",
  );
  const back = (): void => {
    enter("asking");
    entry.focus();
  };
  const reveal = makeButton(say("predict.reveal"), signal, show, "tb-main");
  const peek = makeButton(
    say("predict.peek"),
    signal,
    () => {
      entry.clear();
      enter("revealed", say("predict.peeked"));
      again.focus();
    },
    "tb-quiet",
  );
  const change = makeButton(say("predict.change"), signal, back, "tb-quiet");
  const again = makeButton(
    say("predict.again"),
    signal,
    () => {
      entry.clear();
      back();
      keeper.now();
    },
    "tb-quiet",
  );

  const actions = makeActions(commit, reveal, peek, change, again);
  answer.before(actions, status);
  removeWhenGone(signal, actions, status);
  whenGone(signal, () => {
    enter("asking");
    delete widget.dataset["state"];
  });
  enter("asking");
  widget.addEventListener("input", () => keeper.soon(), { signal });
  recall(widget, signal, ({ value, at, held, isSame }) => {
    showKept(at);
    if (isSame || entry.isPrivate) entry.fill(value);
    if (!isSame) status.textContent = say("former.changed");
    else if (held && entry.isGiven()) enter("committed", say("predict.committed"));
  });
  return true;
});
