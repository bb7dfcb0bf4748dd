import { say } from "trackbook";
import type { LayerRun, Vector } from "../transformer";
import { makeShape, writeShare } from "./drawing";
import type { Reading } from "./reading";
import { isSame, nameHead, type State } from "./state";

const ACROSS = 400;
const DEEP = 130;
const LEFT = 34;
const RIGHT = 290;
const NEURON_ROWS = 6;
const SHADES = 4;
/** From this share on, the word that gets it stands beside. */
const NAMED = 0.4;

/** One floor of the model, seen from above, and what happens on it in a sentence. */
export interface Floor {
  readonly drawing: SVGSVGElement;
  readonly text: string;
}

/** From the words at the bottom to the odds at the top. */
export function drawFloors(reading: Reading, state: State): Floor[] {
  const steps = reading.cut.layers.flatMap((run, layer) => {
    const floors = [drawHeads(reading, state, run, layer)];
    if (run.feeding) floors.push(drawNeurons(reading, run, layer));
    return floors;
  });
  return [drawWords(reading), ...steps, drawOdds(reading)];
}

/** Where the stream of the followed word stands, as a share of a floor's width. */
export function placeStream(reading: Reading): number {
  return place(reading.place, reading.words.length) / ACROSS;
}

function place(at: number, count: number): number {
  return LEFT + ((RIGHT - LEFT) * at) / Math.max(1, count - 1);
}

function drawWords(reading: Reading): Floor {
  const { words, place: followed } = reading;
  const start = reading.cut.embedded[followed]!;
  const drawing = makeFloor();
  words.forEach((word, at) => {
    const x = place(at, words.length).toFixed(1);
    const kind = at === followed ? "tb-followed" : at > followed ? "tb-later" : "";
    drawing.append(write(word, x, "92", { class: kind, transform: `rotate(-58 ${x} 92)` }));
  });
  drawing.append(drawVector(start, LEFT, 104, RIGHT - LEFT, 22, "tb-added"));
  return { drawing, text: say("tiny-gpt.floor_words", { word: words[followed] ?? "", width: start.length }) };
}

function drawHeads(reading: Reading, state: State, run: LayerRun, layer: number): Floor {
  const { place: followed, words } = reading;
  const drawing = makeFloor();
  const apart = 92 / run.attention.length;
  const found = run.attention.map((rows, head) => {
    const y = 18 + head * apart;
    const isCut = state.heads.some((cut) => isSame(cut, { layer, head }));
    const shares = rows[followed]!;
    drawing.append(write(nameHead({ layer, head }), "2", String(y + 3), { class: isCut ? "tb-off" : "" }));
    words.slice(0, followed + 1).forEach((_, to) => drawing.append(drawLook(place(followed, words.length), place(to, words.length), y, shares[to]!, isCut)));
    const to = shares.indexOf(Math.max(...shares));
    if (shares[to]! > NAMED) drawing.append(write(words[to] ?? "", place(to, words.length).toFixed(1), (y - 6).toFixed(1), { class: "tb-named", "text-anchor": "middle" }));
    drawing.append(drawProjections([run.query, run.key, run.value].map((part) => part[head]![followed]!), y));
    return { name: nameHead({ layer, head }), to, share: isCut ? 0 : shares[to]! };
  });
  drawing.append(drawVector(run.attended[followed]!, LEFT, 108, RIGHT - LEFT, 20, "tb-added"));
  const most = found.reduce((best, one) => (one.share > best.share ? one : best));
  const values = { layer: layer + 1, size: run.query[0]![0]!.length, head: most.name, share: writeShare(most.share), word: words[most.to] ?? "", width: run.attended[followed]!.length };
  return { drawing, text: say("tiny-gpt.floor_heads", values) };
}

function drawLook(from: number, to: number, y: number, share: number, isCut: boolean): SVGGElement {
  const look = makeShape("g", { class: isCut ? "tb-off" : "tb-look" });
  look.append(makeShape("circle", { cx: to.toFixed(1), cy: y.toFixed(1), r: (1 + 4 * Math.sqrt(share)).toFixed(2) }));
  if (share > 0.02 && from !== to) {
    const way = `M${from.toFixed(1)} ${y}Q${((from + to) / 2).toFixed(1)} ${(y - 15).toFixed(1)} ${to.toFixed(1)} ${y}`;
    look.append(makeShape("path", { d: way, "stroke-width": (0.4 + 3 * share).toFixed(2), "stroke-opacity": (0.2 + 0.8 * share).toFixed(2) }));
  }
  return look;
}

/** Query, key and value of the followed word keep their letters, colors and dashes. */
function drawProjections(vectors: readonly Vector[], y: number): SVGGElement {
  const group = makeShape("g", {});
  vectors.forEach((vector, at) => {
    const x = 308 + at * 32;
    const kind = ["tb-q", "tb-k", "tb-v"][at] ?? "";
    group.append(write("QKV".charAt(at), String(x - 10), String(y + 4), { class: kind }), drawVector(vector, x, y - 8, 20, 16, kind), makeShape("path", { class: `tb-rule ${kind}`, d: `M${x - 10} ${y + 9}h30` }));
  });
  return group;
}

function drawNeurons(reading: Reading, run: LayerRun, layer: number): Floor {
  const { activated, expanded, fed } = run.feeding!;
  const numbers = activated[reading.place]!;
  const most = Math.max(...numbers, 1e-9);
  const wide = (ACROSS - 2 * LEFT) / Math.ceil(numbers.length / NEURON_ROWS);
  const shades = Array.from({ length: SHADES + 1 }, () => "");
  numbers.forEach((number, at) => {
    const shade = number <= 0 ? 0 : Math.ceil((number / most) * SHADES);
    const [x, y] = [LEFT + Math.floor(at / NEURON_ROWS) * wide, 12 + (at % NEURON_ROWS) * 15];
    shades[shade] += `M${x.toFixed(1)} ${y}h${(wide * 0.72).toFixed(1)}v11h-${(wide * 0.72).toFixed(1)}z`;
  });
  const drawing = makeFloor();
  shades.forEach((d, shade) => drawing.append(makeShape("path", { class: `tb-neurons tb-n${shade}`, d })));
  drawing.append(drawVector(fed[reading.place]!, LEFT, 108, RIGHT - LEFT, 20, "tb-added"));
  const on = expanded[reading.place]!.filter((number) => number > 0).length;
  return { drawing, text: say("tiny-gpt.floor_feed", { layer: layer + 1, on, feed: numbers.length, width: fed[reading.place]!.length }) };
}

function drawOdds(reading: Reading): Floor {
  const drawing = makeFloor();
  reading.listOdds().forEach(([word, , chance], at) => {
    const y = 22 + at * 22;
    drawing.append(write(word, "34", String(y + 4), {}), makeShape("path", { class: "tb-odd", d: `M110 ${y}h${(chance * 220).toFixed(1)}` }), write(writeShare(chance), String(116 + chance * 220), String(y + 4), {}));
  });
  const [word, chance] = reading.next;
  return { drawing, text: say("tiny-gpt.floor_odds", { count: reading.model.words.length, word, chance: writeShare(chance) }) };
}

function drawVector(vector: Vector, x: number, y: number, width: number, high: number, kind: string): SVGPathElement {
  const most = Math.max(...Array.from(vector, Math.abs), 1e-9);
  const apart = width / vector.length;
  const strokes = Array.from(vector, (number, at) => `M${(x + (at + 0.5) * apart).toFixed(1)} ${(y + high / 2).toFixed(1)}v${((-number / most) * (high / 2)).toFixed(1)}`);
  return makeShape("path", { class: kind, d: strokes.join(""), "stroke-width": (apart * 0.7).toFixed(2) });
}

function makeFloor(): SVGSVGElement {
  return makeShape("svg", { class: "tb-floor", viewBox: `0 0 ${ACROSS} ${DEEP}`, "aria-hidden": "true" });
}

function write(text: string, x: string, y: string, attributes: Readonly<Record<string, string>>): SVGTextElement {
  const made = makeShape("text", { x, y, ...attributes });
  made.textContent = text;
  return made;
}
