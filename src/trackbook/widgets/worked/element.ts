import { tell } from "../../browser/answers";
import { makeActions, makeButton, makeStatus, removeWhenGone, whenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";
import { say } from "../../browser/texts";
import { Blank } from "./blank";
import { makeChoice } from "./choice";

/** Shows the example whole, then the same with ever more of its last steps left to the learner. */
defineElement("tb-worked", (widget, signal) => {
  const list = widget.querySelector("ol.tb-steps");
  const rows = [...(list?.querySelectorAll<HTMLLIElement>(":scope > li") ?? [])];
  const results = rows.flatMap((row) => row.querySelector<HTMLDetailsElement>("details.tb-result") ?? []);
  if (!list || rows.length === 0 || results.length !== rows.length) return false;

  const levels = listLevels(rows.length);
  const status = makeStatus();
  let level = 0;
  let blanks: Blank[] = [];

  const settle = (): void => {
    const left = blanks.filter(({ isOpen }) => !isOpen);
    const following = levels[levels.indexOf(level) + 1];
    next.hidden = left.length > 0 || following === undefined;
    next.textContent = following === undefined ? "" : say(level === 0 ? "worked.begin" : "worked.next", { part: nameLevel(following, rows.length) });
    if (blanks.length === 0 || left.length > 0) return;
    const checked = blanks.filter(({ isChecked }) => isChecked);
    const right = checked.every(({ isSolved }) => isSolved);
    const score = { right: checked.filter(({ isSolved }) => isSolved).length, count: checked.length };
    status.textContent = checked.length > 0 ? say("worked.done_checked", score) : say("worked.done");
    if (checked.length > 0) tell(widget, "tb-answer", { item: widget.dataset["item"] ?? "", right });
  };
  const moveOn = (): void => {
    const open = blanks.find(({ isOpen }) => !isOpen);
    if (open) open.focus();
    else if (!next.hidden) next.focus();
    else choice.focus();
  };
  const enter = (blank: number): void => {
    level = blank;
    for (const old of blanks) old.remove();
    blanks = [];
    status.textContent = "";
    for (const result of results) result.open = true;
    blanks = rows.slice(rows.length - blank).map((row, at) => {
      const number = rows.length - blank + at + 1;
      const opened = (sentence: string): void => {
        status.textContent = sentence;
        settle();
        moveOn();
      };
      return new Blank(row, number, signal, { opened, said: (sentence) => (status.textContent = sentence) });
    });
    choice.show(blank);
    settle();
  };

  const next = makeButton(
    "",
    signal,
    () => {
      enter(levels[levels.indexOf(level) + 1] ?? 0);
      moveOn();
    },
    "tb-main",
  );
  const choice = makeChoice(
    widget.closest(".tb-widget")?.id ?? "",
    levels.map((blank) => ({ blank, name: nameLevel(blank, rows.length) })),
    signal,
    enter,
  );
  const actions = makeActions(next);
  list.after(choice.node, actions, status);
  removeWhenGone(signal, choice.node, actions, status);
  whenGone(signal, () => enter(0));
  enter(0);
  return true;
});

/** How many of the last steps are blank: none, one, two, all. */
function listLevels(steps: number): number[] {
  return [...new Set([0, 1, 2, steps])].filter((blank) => blank <= steps);
}

function nameLevel(blank: number, steps: number): string {
  if (blank === 0) return say("worked.none");
  if (blank === steps) return say("worked.all");
  return say(blank === 1 ? "worked.last" : "worked.last_two");
}
