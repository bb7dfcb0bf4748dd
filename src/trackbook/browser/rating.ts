import { tell } from "./answers";
import { makeActions, makeButton, removeWhenGone } from "./controls";
import { Keeper, recall } from "./former";
import { say } from "./texts";

/** Counts the criteria that a learner ticks, says so in `status`, and tells the page of the rating once it is given; what was ticked before is again. */
export function offerRating(widget: HTMLElement, signal: AbortSignal, status: HTMLElement): void {
  const criteria = widget.querySelector<HTMLFieldSetElement>(".tb-rating");
  const boxes = [...(criteria?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? [])];
  if (!criteria || boxes.length === 0) return;
  const count = (): { met: number; of: number } => ({ met: boxes.filter(({ checked }) => checked).length, of: boxes.length });
  let told = -1;
  const show = (): void => void (status.textContent = say(told < 0 ? "rating.met" : "rating.rated", count()));
  const named = { item: widget.dataset["item"] ?? "", key: criteria.dataset["key"] ?? "" };
  const keeper = new Keeper(criteria, () => {
    const value = boxes.filter(({ checked }) => checked).map((box) => box.value).join();
    tell(widget, "tb-keep", { ...named, is: "ticks", value, held: told >= 0 });
  }, signal);
  const rate = (): void => {
    const { met, of } = count();
    if (met !== told) tell(widget, "tb-rate", { item: named.item, met, of });
    told = met;
    show();
    keeper.now();
  };
  const actions = makeActions(makeButton(say("rating.rate"), signal, rate));
  criteria.append(actions);
  criteria.addEventListener("change", () => {
    told = -1;
    show();
    keeper.soon();
  }, { signal });
  recall(widget, signal, ({ value, held, isSame }) => {
    if (!isSame) return;
    const ticked = new Set(value.split(","));
    for (const box of boxes) box.checked = ticked.has(box.value);
    if (held) told = count().met;
    show();
  }, { ...named, of: "ticks" });
  removeWhenGone(signal, actions);
}
