import { defineElement, loadJson, makeButton, readState, removeWhenGone, say, whenGone, writeState } from "trackbook";
import { makeCutChoice, makeHeadChoice, makeRadios } from "./choices";
import { readPage } from "./page";
import { sayChange, sayDifference, sayLook, type Looked } from "./saying";
import { rank, Weights } from "./weights";

/** `layer` is -1 for the mean of all heads, `cut` for no link. */
interface State {
  word: number;
  side: number;
  layer: number;
  head: number;
  cut: number;
}

defineElement("tb-attention-map", (widget, signal) => {
  const page = readPage(widget);
  if (!page) return false;
  const { id, sides, focus, candidates, shown } = page;
  const count = page.names.length;
  const first: State = { word: focus, side: 0, ...shown, cut: -1 };
  const status = page.difference;
  const plain = status.textContent;
  const here = page.packed.map((packed) => new Weights(packed, count));
  let all: Weights[] | undefined;
  let loading: Promise<string[]> | undefined;
  let state = first;
  /** What was chosen and waits for the heads. */
  let wanted: Partial<State> | undefined;
  /** The last choice was a link to cut: the status tells of it, also when heads come later. */
  let isCutLast = false;

  const isHere = ({ layer, head }: State): boolean => !!all || (layer === shown.layer && head === shown.head);
  const readRow = (side: number, { layer, head, word }: State): number[] => {
    if (!all) return here[side]!.read(0, word);
    return layer < 0 ? all[side]!.average(word) : all[side]!.read(layer * page.heads + head, word);
  };
  const look = (): Looked => ({ sides, candidates, word: state.word, rows: sides.map((_, side) => readRow(side, state)) });
  const draw = (): void => {
    page.show(look(), state.word === focus ? state.cut : -1, state.side);
    page.showHead(state.layer, state.head);
    page.showCut(state.cut);
    words.radios[state.word]!.checked = true;
    const side = twins?.radios[state.side];
    if (side) side.checked = true;
    const { layer, head } = { ...state, ...wanted };
    heads.layer.value = String(layer);
    heads.head.value = String(head);
    heads.head.disabled = layer < 0;
    cuts.select.value = String(state.cut);
  };
  const keep = (): void => writeState(id, same(state, first) ? undefined : Object.values(state).join("_"));
  /** What the picked word takes, in the picked sentence first; of the focus what it takes from the two nouns. */
  const sayWeights = (): string => {
    if (state.word === focus) return state.side ? sayChange(look()) : sayDifference(look());
    const order = state.side ? [1, 0] : [...sides.keys()];
    return order.map((side) => sayLook(look(), side)).join(" ");
  };
  const sayCut = (): string => say("attention-map.cut_said", { focus: page.names[focus]!, noun: page.names[state.cut]!, head: page.head, ...page.readCut(state.cut, state.side) });
  const change = (next: Partial<State>, isCut = false): void => {
    isCutLast = isCut;
    state = { ...state, ...next };
    draw();
    keep();
    status.textContent = isCut ? sayCut() : sayWeights();
  };

  const choose = async (next: Partial<State>, isCut = false): Promise<void> => {
    isCutLast = isCut;
    wanted = { ...wanted, ...next };
    if (!isHere({ ...state, ...wanted })) {
      status.textContent = say("attention-map.loading", { size: page.size });
      heads.progress.hidden = false;
      try {
        loading ??= loadJson<string[]>(page.rest, page.bytes, signal, (part) => (heads.progress.value = part));
        all = (await loading).map((packed) => new Weights(packed, count));
        heads.note.remove();
      } catch {
        const isWanted = wanted !== undefined;
        loading = wanted = undefined;
        if (signal.aborted || !isWanted) return;
        draw();
        status.textContent = say("attention-map.failed");
        return;
      } finally {
        heads.progress.hidden = true;
      }
    }
    const chosen = wanted;
    wanted = undefined;
    if (chosen) change(chosen, isCutLast);
  };
  const cutLink = (cut: number): void => change({ cut, word: focus }, cut >= 0);
  const cutBrightest = (): void => cutLink(rank(readRow(state.side, { ...state, word: focus }))[0]!);
  const findChecked = (radios: readonly HTMLInputElement[] = []): number => radios.findIndex(({ checked }) => checked);

  const namesOfWords = page.names.map((word, at) => say("attention-map.from", { word, number: at + 1, count }));
  const namesOfSides = sides.map(({ own }) => say("attention-map.side", { own }));
  const words = makeRadios(page.words, `${id}-word`, namesOfWords, signal, () => change({ word: findChecked(words.radios) }));
  const twins = sides.length < 2 ? undefined : makeRadios(page.endings, `${id}-side`, namesOfSides, signal, () => change({ side: findChecked(twins?.radios) }));
  const heads = makeHeadChoice(page.layers, page.heads, page.size, signal, () => {
    void choose({ layer: Number(heads.layer.value), head: Number(heads.head.value) });
  });
  const cut = makeButton(say("attention-map.cut_brightest"), signal, cutBrightest);
  const goBack = (): void => {
    wanted = undefined;
    change(first);
  };
  const reset = makeButton(say("attention-map.reset"), signal, goBack, "tb-quiet");
  const cuts = makeCutChoice(page.names[focus]!, page.names, signal, () => cutLink(Number(cuts.select.value)), cut, reset);
  page.stage.before(heads.node);
  page.cutting.prepend(cuts.node);
  status.setAttribute("role", "status");
  removeWhenGone(signal, heads.node, cuts.node);
  const shared = readShared(readState(id), page.layers, page.heads, sides.length, count);
  draw();
  if (shared) void choose(shared, shared.cut >= 0);
  whenGone(signal, () => {
    state = first;
    draw();
    words.undo();
    twins?.undo();
    status.textContent = plain;
    status.removeAttribute("role");
  });
  return true;
});

function same(one: State, other: State): boolean {
  return Object.values(one).join() === Object.values(other).join();
}

/** What stands in an address, if it is a state that the widget can have. */
function readShared(text: string | undefined, layers: number, heads: number, sides: number, count: number): State | undefined {
  const [word = -1, side = -1, layer = -2, head = -1, cut = -2, ...more] = (text ?? "").split("_").map(Number);
  const limits: [number, number, number][] = [[word, 0, count], [side, 0, sides], [layer, -1, layers], [head, 0, heads], [cut, -1, count]];
  const isState = more.length === 0 && limits.every(([number, least, end]) => Number.isInteger(number) && number >= least && number < end);
  return isState ? { word, side, layer, head, cut } : undefined;
}
