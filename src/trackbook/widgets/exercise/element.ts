import { makeStatus, removeWhenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";
import { offerRating } from "../../browser/rating";

/** Hints, one by one, and the model answer open by themselves; the element counts what the learner's own answer has met. */
defineElement("tb-exercise", (widget, signal) => {
  if (!widget.querySelector("details.tb-answer")) return false;
  const status = makeStatus();
  widget.append(status);
  removeWhenGone(signal, status);
  offerRating(widget, signal, status);
  return true;
});
