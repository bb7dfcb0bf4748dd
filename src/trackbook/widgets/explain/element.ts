import { tell } from "../../browser/answers";
import { makeActions, makeButton, makeStatus, removeWhenGone, whenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";
import { fillText, Keeper, nameItem, offerDelete, recall } from "../../browser/former";
import { offerRating } from "../../browser/rating";
import { say } from "../../browser/texts";

/** Asks for the learner's own words before it shows the model answer. They stay in this browser and go nowhere else. */
defineElement("tb-explain", (widget, signal) => {
  const answer = widget.querySelector<HTMLDetailsElement>("details.tb-answer");
  const text = widget.querySelector("textarea");
  if (!answer || !text) return false;

  const status = makeStatus();
  const keeper = new Keeper(widget, () => {
    const value = text.value.trim();
    const told = (isKept: boolean): void => showKept(isKept && value !== "" ? Date.now() : undefined);
    tell(widget, "tb-keep", { ...nameItem(widget), is: "draft", value, held: false, told });
  }, signal);
  const forget = (): void => {
    text.value = "";
    enter("asking", say("former.deleted"));
    keeper.now();
    text.focus();
  };
  const showKept = offerDelete(widget, signal, forget);
  const enter = (state: "asking" | "revealed", sentence = ""): void => {
    widget.dataset["state"] = state;
    answer.open = state === "revealed";
    compare.hidden = peek.hidden = state === "revealed";
    again.hidden = state === "asking";
    status.textContent = sentence;
  };
  const reveal = (): void => {
    enter("revealed", say("explain.shown"));
    again.focus();
  };
  const compareWithText = (): void => {
    if (text.value.trim() !== "") return reveal();
    status.textContent = say("explain.write");
    text.focus();
  };
  const compare = makeButton(say("explain.compare"), signal, compareWithText, "tb-main");
  const peek = makeButton(say("explain.peek"), signal, reveal, "tb-quiet");
  const again = makeButton(
    say("explain.again"),
    signal,
    () => {
      enter("asking");
      text.focus();
    },
    "tb-quiet",
  );

  const actions = makeActions(compare, peek, again);
  answer.before(actions);
  widget.append(status);
  removeWhenGone(signal, actions, status);
  whenGone(signal, () => {
    enter("asking");
    delete widget.dataset["state"];
  });
  offerRating(widget, signal, status);
  enter("asking");
  text.addEventListener("input", () => keeper.soon(), { signal });
  recall(widget, signal, ({ value, at, isSame }) => {
    showKept(at);
    fillText(text, value);
    if (!isSame) status.textContent = say("former.changed");
  });
  return true;
});
