import { defineElement, makeActions, makeButton, makeStatus, readState, removeWhenGone, say, tell, whenGone, writeState } from "trackbook";
import { attend, type Step } from "./arithmetic";
import { Asking } from "./asking";
import { makeChoices } from "./choices";
import { diagnose, type Question } from "./diagnosis";
import { fillStep } from "./tables";
import { VectorTable } from "./vectors";

/** Score and scale. */
const BEFORE_MASK = 2;

defineElement("tb-attention-steps", (widget, signal) => {
  const table = widget.querySelector(".tb-figures");
  const list = widget.querySelector(".tb-run");
  const id = widget.closest(".tb-widget")?.id;
  const rows = [...(list?.querySelectorAll<HTMLLIElement>(":scope > li") ?? [])];
  const results = rows.flatMap((row) => row.querySelector<HTMLDetailsElement>("details.tb-result") ?? []);
  if (!table || !list || !id || results.length !== 5) return false;
  const tokens = [...table.querySelectorAll("tbody th")].map(({ textContent }) => textContent.trim());
  const point = (1.5).toLocaleString(document.documentElement.lang || "en").charAt(1);
  const isCausal = widget.dataset["causal"] === "true";
  const status = makeStatus();
  let opened = 0;

  const read = (): Question => ({ ...vectors.read(), causal: choices.causal.checked, row: choices.row.selectedIndex, column: choices.column.selectedIndex });
  const listAsked = (): Asking[] => asking.filter(({ row }) => !row.hidden);
  const stepOf = (one: Asking): Step => one.row.dataset["step"] as Step;
  const speak = (key: string, more: Record<string, string | number> = {}): void => {
    const { keys, row, column } = read();
    const fields = { size: keys[0]?.length ?? 0, query: tokens[row] ?? "", key: tokens[column] ?? "", ...more };
    status.textContent = say(`attention-steps.${key}`, fields);
  };

  const showMask = (): void => rows.forEach((row) => (row.hidden = row.dataset["step"] === "mask" && !choices.causal.checked));
  const draw = (): void => {
    const asked = read();
    const run = attend(asked, asked.causal);
    showMask();
    for (const one of asking) {
      const step = stepOf(one);
      fillStep(one.row, step, run[step], point);
      one.ask(say(`attention-steps.ask_${step}`, { query: tokens[asked.row] ?? "", key: tokens[asked.column] ?? "" }));
    }
    const shown = listAsked();
    shown.forEach((one, at) => one.turn(at === opened, at < opened));
    all.hidden = opened >= shown.length;
  };
  const keep = (): void => {
    const state = [...vectors.numbers, Number(choices.causal.checked), choices.row.selectedIndex, choices.column.selectedIndex];
    writeState(id, state.join() === first.join() ? undefined : state.join("_"));
  };
  const put = (state: readonly number[]): void => {
    const count = vectors.first.length;
    vectors.show(state.slice(0, count));
    choices.causal.checked = state[count] === 1;
    choices.row.selectedIndex = state[count + 1] ?? 0;
    choices.column.selectedIndex = state[count + 2] ?? 0;
  };
  const changed = (): void => {
    const before = listAsked().length;
    const isDone = opened >= before;
    showMask();
    if (isDone) opened = asking.length;
    else if (listAsked().length !== before) opened = Math.min(opened, BEFORE_MASK);
    vectors.show(vectors.numbers);
    draw();
    keep();
    status.textContent = say("attention-steps.changed");
  };

  const open = (key: string): void => {
    const shown = listAsked();
    const right = shown.filter(({ isSolved }) => isSolved).length;
    opened += 1;
    draw();
    if (opened < shown.length) {
      speak(key);
      shown[opened]?.focus();
      return;
    }
    speak("done", { right, count: shown.length });
    again.focus();
    tell(widget, "tb-answer", { item: widget.dataset["item"] ?? "", right: right === shown.length });
  };
  const makeAsking = (row: HTMLLIElement, at: number): Asking => {
    const one: Asking = new Asking(row, results[at] as HTMLDetailsElement, signal, {
      check(readings) {
        if (readings.length === 0) return speak("want_number");
        const found = diagnose(stepOf(one), readings, read());
        one.isSolved = found === "right";
        if (one.isSolved) open("right");
        else speak(found);
      },
      show: () => open("shown"),
    });
    return one;
  };

  const vectors = new VectorTable(table, point, signal, changed);
  const choices = makeChoices(id, tokens, signal, changed);
  const asking = rows.map(makeAsking);
  const first = [...vectors.first, Number(isCausal), tokens.length - 1, 0];
  const all = makeButton(
    say("attention-steps.all"),
    signal,
    () => {
      opened = asking.length;
      draw();
      speak("all_shown");
      again.focus();
    },
    "tb-quiet",
  );
  const again = makeButton(
    say("attention-steps.again"),
    signal,
    () => {
      opened = 0;
      for (const one of asking) one.clear();
      put(first);
      draw();
      keep();
      speak("again_said");
    },
    "tb-quiet",
  );
  const actions = makeActions(all, again);
  table.after(choices.node);
  list.after(actions, status);
  const shared = readState(id)?.split("_").map(Number);
  put(shared?.length === first.length && shared.every(Number.isFinite) ? shared : first);
  draw();
  removeWhenGone(signal, choices.node, actions, status);
  whenGone(signal, () => {
    put(first);
    opened = asking.length;
    draw();
    for (const one of asking) {
      one.result.open = true;
      one.node.remove();
    }
    vectors.leave();
  });
  return true;
});
