import { defineElement } from "../../browser/element";
import { offerRating } from "../../browser/rating";

/** Hints, one by one, and the model answer open by themselves; the element counts what the learner's own answer has met. */
defineElement("tb-exercise", (widget, signal) => {
  if (!widget.querySelector("details.tb-answer")) return false;
  offerRating(widget, signal);
  return true;
});
