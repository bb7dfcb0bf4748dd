import { tell } from "./answers";
import { makeActions, makeButton, removeWhenGone } from "./controls";
import { say } from "./texts";

/** Counts the criteria that a learner ticks, says so in `status`, and tells the page of the rating once it is given. */
export function offerRating(widget: HTMLElement, signal: AbortSignal, status: HTMLElement): void {
  const criteria = widget.querySelector<HTMLFieldSetElement>(".tb-rating");
  const boxes = [...(criteria?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? [])];
  if (!criteria || boxes.length === 0) return;
  const count = (): { met: number; of: number } => ({ met: boxes.filter(({ checked }) => checked).length, of: boxes.length });
  let told = -1;
  const rate = (): void => {
    const rating = count();
    status.textContent = say("rating.rated", rating);
    if (rating.met !== told) tell(widget, "tb-rate", { item: widget.dataset["item"] ?? "", ...rating });
    told = rating.met;
  };
  const actions = makeActions(makeButton(say("rating.rate"), signal, rate));
  criteria.append(actions);
  criteria.addEventListener("change", () => (status.textContent = say("rating.met", count())), { signal });
  removeWhenGone(signal, actions);
}
