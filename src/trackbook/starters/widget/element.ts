import { makeStatus, removeWhenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";

/** Say what it adds to the finished HTML. Where a part is missing, it changes nothing. */
defineElement("tb-$name", (widget, signal) => {
  const answer = widget.querySelector<HTMLDetailsElement>("details.tb-answer");
  if (!answer) return false;

  const status = makeStatus();
  widget.append(status);
  removeWhenGone(signal, status);
  return true;
});
