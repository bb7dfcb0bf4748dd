import type { Answer } from "../answers";
import { makeActions, makeButton } from "../controls";
import { make } from "../make";
import { hear } from "../record/recorder";
import { say } from "../texts";
import { makeWidget, type Missed } from "./missed";

/** Questions that were missed, asked one after the other, in the place of their list; `end` is called when the learner goes back to it. */
export function askAgain(missed: readonly Missed[], signal: AbortSignal, end: () => void): HTMLElement {
  const line = mix(missed);
  const title = make("h3");
  title.tabIndex = -1;
  const stage = make("div", "tb-again");
  const results = new Map<number, boolean>();
  const show = (at: number): void => {
    const next = line[at];
    const widget = next && makeWidget(next.question);
    if (next && !widget) return show(at + 1);
    if (widget) {
      title.textContent = say("progress.question", { number: at + 1, total: line.length });
      const quiz = widget.querySelector<HTMLElement>("tb-quiz");
      if (quiz) quiz.dataset["fresh"] = "";
      widget.addEventListener("tb-answer", (event) => note(at, event as CustomEvent<Answer>), { signal });
      const isLast = at === line.length - 1;
      stage.replaceChildren(title, widget, makeActions(makeButton(say(isLast ? "progress.finish" : "progress.next"), signal, () => show(at + 1))));
    } else {
      title.textContent = say("progress.known", { right: [...results.values()].filter(Boolean).length, total: line.length });
      stage.replaceChildren(title, makeActions(makeButton(say("progress.end"), signal, end)));
    }
    title.focus();
  };
  /** The first answer counts for the summary, each for the record. */
  const note = (at: number, event: CustomEvent<Answer>): void => {
    if (!results.has(at)) results.set(at, event.detail.right);
    void hear({ type: "tb-answer", detail: event.detail });
  };
  // Named as build.mjs names it, so that it is one file.
  void import("../../widgets/quiz/element.ts").catch(() => undefined);
  queueMicrotask(() => show(0));
  return stage;
}

/** One question of each module, again and again: so that those of one module are apart. */
function mix(missed: readonly Missed[]): Missed[] {
  const piles = [...Map.groupBy(missed, ({ question }) => question.item.split("#")[0]).values()];
  const longest = Math.max(...piles.map((pile) => pile.length));
  return Array.from({ length: longest }, (_, round) => piles.flatMap((pile) => pile.slice(round, round + 1))).flat();
}
