import { readState, writeState } from "../../browser/address";
import { makeActions, makeButton, makeStatus, removeWhenGone, whenGone } from "../../browser/controls";
import { defineElement } from "../../browser/element";
import { say } from "../../browser/texts";
import { makeCutChoice, makeHeadChoice, makeRadios } from "./choices";
import { loadHeads } from "./loading";
import { readPage } from "./page";
import { sayDifference, sayLook, type Looked } from "./saying";
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
  const status = makeStatus();
  const here = page.packed.map((packed) => new Weights(packed, count));
  let all: Weights[] | undefined;
  let state = first;

  const isHere = ({ layer, head }: State): boolean => !!all || (layer === shown.layer && head === shown.head);
  const readRow = (side: number, { layer, head, word }: State): number[] => {
    if (!all) return here[side]!.read(0, word);
    return layer < 0 ? all[side]!.average(word) : all[side]!.read(layer * page.heads + head, word);
  };
  const look = (): Looked => ({ sides, candidates, word: state.word, rows: sides.map((_, side) => readRow(side, state)) });
  const draw = (): void => {
    const looked = look();
    const isFocus = state.word === focus;
    page.show(looked, isFocus ? state.cut : -1, state.side);
    page.showHead(state.layer, state.head);
    page.showCut(state.cut);
    page.tell(isFocus ? sayDifference(looked) : sides.map((_, side) => sayLook(looked, side)).join(" "));
    words.radios[state.word]!.checked = true;
    const side = twins?.radios[state.side];
    if (side) side.checked = true;
    heads.layer.value = String(state.layer);
    heads.head.value = String(state.head);
    heads.head.disabled = state.layer < 0;
    cuts.select.value = String(state.cut);
  };
  const keep = (): void => writeState(id, same(state, first) ? undefined : Object.values(state).join("_"));
  const change = (next: Partial<State>, sentence: () => string): void => {
    state = { ...state, ...next };
    draw();
    keep();
    status.textContent = sentence();
  };
  const sayHere = (): string => sayLook(look(), state.side);

  const choose = async (next: State, sentence: () => string): Promise<void> => {
    if (!isHere(next)) {
      status.textContent = say("map.loading", { size: page.size });
      heads.progress.hidden = false;
      try {
        all = await loadHeads(page.rest, page.bytes, count, signal, (part) => (heads.progress.value = part));
        heads.note.remove();
      } catch {
        if (signal.aborted) return;
        draw();
        status.textContent = say("map.failed");
        return;
      } finally {
        heads.progress.hidden = true;
      }
    }
    change(next, sentence);
  };
  const readHeads = (): void => {
    const next = { ...state, layer: Number(heads.layer.value), head: Number(heads.head.value) };
    void choose(next, sayHere);
  };
  const switchSide = (side: number): void => change({ side }, () => (state.word === focus ? sayDifference(look()) : sayHere()));
  const cutLink = (cut: number): void =>
    change({ cut, word: focus }, () => (cut < 0 ? say("map.mended") : say("map.cut_said", { focus: page.names[focus]!, noun: page.names[cut]!, ...page.readCut(cut, state.side) })));

  const words = makeRadios(page.words, `${id}-word`, page.names.map((word, at) => say("map.from", { word, number: at + 1, count })), signal, () =>
    change({ word: words.radios.findIndex(({ checked }) => checked) }, sayHere),
  );
  const twins = sides.length > 1 ? makeRadios(page.endings, `${id}-side`, sides.map(({ own }) => say("map.side", { own })), signal, () => switchSide(twins!.radios.findIndex(({ checked }) => checked))) : undefined;
  const heads = makeHeadChoice(page.layers, page.heads, page.size, signal, readHeads);
  const cuts = makeCutChoice(page.names[focus]!, page.names, signal, () => cutLink(Number(cuts.select.value)), () =>
    cutLink(rank(readRow(state.side, { ...state, word: focus }))[0]!),
  );
  const reset = makeButton(say("map.reset"), signal, () => void choose(first, () => say("map.reset_said")), "tb-quiet");
  const actions = makeActions(reset);
  page.stage.before(heads.node);
  page.stage.after(status);
  page.cutting.prepend(cuts.node);
  page.cutting.after(actions);
  removeWhenGone(signal, heads.node, cuts.node, status, actions);
  const shared = readShared(readState(id), page.layers, page.heads, sides.length, count);
  draw();
  if (shared) void choose(shared, () => "");
  whenGone(signal, () => {
    state = first;
    draw();
    words.undo();
    twins?.undo();
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
