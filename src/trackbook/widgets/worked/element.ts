import { tell } from "../../browser/answers";
import { makeActions, makeButton, makeStatus, removeWhenGone, whenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";
import { Keeper, nameItem, recall, showInPlace } from "../../browser/former";
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
  // A field may hold own words.
  const keeper = new Keeper(widget, () => {
    const value = level === 0 ? "" : [level, ...blanks.map((blank) => blank.read())].join("\n");
    tell(widget, "tb-keep", { ...nameItem(widget), is: "draft", value, held: false });
  }, signal);

  const settle = (isNew: boolean): void => {
    const left = blanks.filter(({ isOpen }) => !isOpen);
    const following = levels[levels.indexOf(level) + 1];
    next.hidden = left.length > 0 || following === undefined;
    next.textContent = following === undefined ? "" : say(level === 0 ? "worked.begin" : "worked.next", { part: nameLevel(following, rows.length) });
    if (blanks.length === 0 || left.length > 0) return;
    const checked = blanks.filter(({ isChecked }) => isChecked);
    const right = checked.every(({ isSolved }) => isSolved);
    const score = { right: checked.filter(({ isSolved }) => isSolved).length, count: checked.length };
    status.textContent = checked.length > 0 ? say("worked.done_checked", score) : say("worked.done");
    if (isNew && checked.length > 0) tell(widget, "tb-answer", { item: widget.dataset["item"] ?? "", right });
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
        settle(true);
        moveOn();
        keeper.now();
      };
      return new Blank(row, number, signal, { opened, said: (sentence) => (status.textContent = sentence) });
    });
    choice.show(blank);
    settle(true);
  };
  const choose = (blank: number): void => {
    enter(blank);
    keeper.now();
  };

  const next = makeButton(
    "",
    signal,
    () => {
      choose(levels[levels.indexOf(level) + 1] ?? 0);
      moveOn();
    },
    "tb-main",
  );
  const choice = makeChoice(
    widget.closest(".tb-widget")?.id ?? "",
    levels.map((blank) => ({ blank, name: nameLevel(blank, rows.length) })),
    signal,
    choose,
  );
  const actions = makeActions(next);
  list.after(choice.node, actions, status);
  removeWhenGone(signal, choice.node, actions, status);
  whenGone(signal, () => enter(0));
  enter(0);
  list.addEventListener("input", () => keeper.soon(), { signal });
  recall(widget, signal, ({ value, isSame }) => {
    const [first, ...rows] = value.split("\n");
    const blank = Number(first);
    if (!isSame || !levels.includes(blank)) return;
    showInPlace(widget, (whole) => {
      enter(blank);
      for (const [at, one] of blanks.entries()) one.fill(rows[at] ?? "", whole);
      settle(false);
    });
  });
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
