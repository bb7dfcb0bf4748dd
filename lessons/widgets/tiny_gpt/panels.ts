import { make, say, writeNumber } from "trackbook";
import type { Head, Link } from "../transformer";
import { drawBars, drawStrip, makeDrawing, makeShare, writeShare } from "./drawing";
import { findMost, type Reading } from "./reading";
import { isSame, isSameLink, nameHead, type State } from "./state";

/** What a learner does in the figures. */
export interface Hand {
  follow(place: number): void;
  choose(head: Head): void;
  cutHead(head: Head): void;
  cutLink(link: Link): void;
}

/** The cuts in words: heads by their names, links as the head → the word. */
export function nameCuts({ heads, links }: State, words: readonly string[]): string {
  return [...heads.map(nameHead), ...links.map((link) => `${nameHead(link)} → ${words[link.to] ?? ""}`)].join(", ");
}

/** Each word is a button that makes it the followed one; one that the model does not know is marked and is none. */
export function fillWords(list: Element, words: readonly string[], place: number, known: readonly string[], hand: Hand): void {
  const items = words.map((word, at) => {
    if (!known.includes(word)) return make("li", "", make("mark", "", word, make("span", "tb-unseen", ` (${say("tiny-gpt.not_known")})`)));
    const button = makeKey(`word-${at}`, word, () => hand.follow(at));
    button.setAttribute("aria-pressed", String(at === place));
    return make("li", "", button);
  });
  list.replaceChildren(...items);
}

export function fillOdds(table: Element, reading: Reading, cuts: string): void {
  const heads = table.querySelectorAll<HTMLTableCellElement>("thead th");
  heads[2]!.hidden = !reading.hasCuts;
  heads[2]!.textContent = say("tiny-gpt.without", { cut: cuts });
  const rows = reading.listOdds().map(([word, whole, cut]) => {
    const row = make("tr", "", makeHead(word), makeShare(whole));
    if (reading.hasCuts) row.append(makeShare(cut));
    return row;
  });
  table.querySelector("tbody")?.replaceChildren(...rows);
}

export function fillHeads(table: Element, reading: Reading, state: State, hand: Hand): void {
  const across = (reading.place + 1) * 4;
  const rows = reading.cut.layers.flatMap(({ attention }, layer) =>
    attention.map((_, head) => {
      const one = { layer, head };
      const shares = reading.weigh(one);
      const name = makeKey(`head-${nameHead(one)}`, nameHead(one), () => hand.choose(one));
      name.setAttribute("aria-pressed", String(isSame(one, state.head)));
      const title = make("th", "", name);
      title.scope = "row";
      const drawing = makeDrawing("tb-look", across, 25, { "tb-floor": `M0 24.5h${across}`, "": drawBars(shares) });
      const most = make("td", "", reading.listMost(shares).map(([word, share]) => `${word} ${writeShare(share)}`).join(", "));
      most.dir = "ltr";
      const isCut = state.heads.some((cut) => isSame(cut, one));
      const row = make("tr", isCut ? "tb-cut" : "", title, make("td", "", drawing), most, make("td", "", makeCut(one, isCut, hand)));
      if (isSame(one, state.head)) row.classList.add("tb-shown");
      return row;
    }),
  );
  table.querySelector("tbody")?.replaceChildren(...rows);
}

/** Each word up to the followed one is a button that cuts the link to it. */
export function fillRow(list: Element, reading: Reading, state: State, hand: Hand): void {
  const from = reading.place;
  const items = Array.from(reading.weigh(state.head), (share, to) => {
    const link = { ...state.head, from, to };
    const isCut = state.links.some((cut) => isSameLink(cut, link));
    const button = makeKey(`link-${to}`, "", () => hand.cutLink(link));
    button.append(make("span", "tb-word", reading.words[to] ?? ""), " ", make("span", "", isCut ? say("tiny-gpt.is_cut") : writeShare(share)));
    button.setAttribute("aria-pressed", String(isCut));
    const item = make("li", "", button);
    item.dataset["share"] = String(Math.round(share * 10));
    return item;
  });
  list.replaceChildren(...items);
}

export function fillPath(table: Element, reading: Reading): void {
  const steps = reading.listPath();
  const most = findMost(steps);
  const { heads, feed, width } = reading.model;
  const rows = steps.map(({ kind, layer, on, added, after, says }) => {
    const title = make("th", "", say(`tiny-gpt.part.${kind}`, { layer, heads }));
    title.scope = "row";
    const strip = makeDrawing("tb-strip", 4 * width, 32, { "tb-after": drawStrip(after, most), "tb-added": drawStrip(added, most) });
    const length = make("span", "tb-length", say(kind === "feed" ? "tiny-gpt.neurons" : "tiny-gpt.length", { on, feed, length: writeNumber(Math.hypot(...added), 1) }));
    const off = make("td", "", `${says[0]} ${writeShare(says[1])}`);
    off.dir = "ltr";
    return make("tr", "", title, make("td", "", strip, length), off);
  });
  table.querySelector("tbody")?.replaceChildren(...rows);
}

function makeHead(word: string): HTMLTableCellElement {
  const head = make("th", "", word);
  head.scope = "row";
  head.dir = "ltr";
  return head;
}

function makeCut(head: Head, isCut: boolean, hand: Hand): HTMLLabelElement {
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", checked: isCut });
  box.dataset["key"] = `cut-${nameHead(head)}`;
  box.addEventListener("change", () => hand.cutHead(head));
  return make("label", "", box, make("span", "tb-unseen", say("tiny-gpt.cut_head", { head: nameHead(head) })));
}

/** A button with a key, so that it keeps the focus when its part is drawn anew. */
function makeKey(key: string, text: string, act: () => void): HTMLButtonElement {
  const button = make("button", "", text);
  button.type = "button";
  button.dataset["key"] = key;
  button.addEventListener("click", act);
  return button;
}
