import { defineElement, makeStatus, readState, removeWhenGone, say, whenGone, writeState } from "trackbook";
import type { TensorData } from "../transformer";
import { Controls } from "./controls";
import { fillOdds, fillState, fillSteps, findLikeliest, writePercent } from "./figures";
import { readNetwork, readWords } from "./network";
import { readWhole, writeWhole, type State } from "./state";

interface Given {
  readonly known: readonly string[];
  readonly networks: readonly TensorData[];
}

defineElement("tb-sequence-memory", (widget, signal) => {
  const steps = widget.querySelector(".tb-steps tbody");
  const states = widget.querySelector(".tb-state");
  const odds = widget.querySelector(".tb-figures tbody");
  const about = widget.querySelector(".tb-about");
  const id = widget.closest(".tb-widget")?.id;
  const { given, words = "", which = "0", most = "1" } = widget.dataset;
  if (!steps || !states || !odds || !about || !id || !given) return false;
  const { known, networks: data } = JSON.parse(given) as Given;
  const networks = data.map(readNetwork);
  const ids = words.split(" ").map((word) => known.indexOf(word));
  const first: State = { which: Number(which), step: ids.length - 1, ids };
  const status = makeStatus();
  let state = first;

  const draw = (): string => {
    const read = readWords(networks[state.which]!, state.ids);
    const now = read[state.step]!;
    const start = state.ids[0]!;
    const figures: Readonly<Record<string, string>> = {
      network: say(state.which ? "sequence-memory.late" : "sequence-memory.early"),
      first: known[start]!,
      step: String(state.step + 1),
      word: known[state.ids[state.step]!]!,
    };
    for (const one of widget.querySelectorAll<HTMLElement>("[data-figure]")) one.textContent = figures[one.dataset["figure"] ?? ""] ?? "";
    fillSteps(steps, known, state.ids, read, state.step);
    fillState(states, now);
    fillOdds(odds, known, start, now);
    controls.show(state, say("sequence-memory.at", { step: state.step + 1, word: figures["word"] ?? "" }));
    const likeliest = known[findLikeliest(now)]!;
    const said = { step: state.step + 1, word: figures["word"] ?? "", first: known[start]!, chance: writePercent(now.odds[start]!), likeliest };
    return likeliest === known[start] ? say("sequence-memory.recalls", said) : say("sequence-memory.loses", said);
  };
  const set = (next: State): void => {
    state = next;
    status.textContent = draw();
    writeState(id, writeWhole(state) === writeWhole(first) ? undefined : writeWhole(state));
  };
  const controls = new Controls(id, known, signal, {
    choose: (network) => set({ ...state, which: network }),
    add: (word) => {
      if (state.ids.length < Number(most)) set({ ...state, ids: [...state.ids, word], step: state.ids.length });
      else status.textContent = say("sequence-memory.full", { most });
    },
    back: () => {
      const fewer = state.ids.length > 1 ? state.ids.slice(0, -1) : state.ids;
      set({ ...state, ids: fewer, step: fewer.length - 1 });
    },
    look: (step) => set({ ...state, step }),
    reset: () => set(first),
  });

  about.after(controls.node, status);
  state = readWhole(readState(id) ?? "", known.length, Number(most)) ?? first;
  draw();
  removeWhenGone(signal, controls.node, status);
  whenGone(signal, () => {
    state = first;
    draw();
  });
  return true;
});
