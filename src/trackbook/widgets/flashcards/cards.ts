/** One question of a deck; a card that is asked both ways is two. */
export interface Card {
  readonly item: string;
  /** Fresh copies of what is asked and of what is so. */
  makeFront(): Node[];
  makeBack(): Node[];
}

/** The cards in the deck's order, then those that ask the other way; none when a part is missing. */
export function readCards(widget: HTMLElement): Card[] {
  const rows = [...widget.querySelectorAll<HTMLLIElement>(".tb-deck > li")];
  const [forward, backward]: [Card[], Card[]] = [[], []];
  for (const row of rows) {
    const [front, back] = [row.querySelector(".tb-card > summary"), row.querySelector(".tb-card > .tb-back")];
    const { item, reverse } = row.dataset;
    if (!front || !back || item === undefined) return [];
    const hint = row.querySelector(".tb-hint");
    const makeQuestion = (): Node[] => [wrap("tb-front", front), ...(hint ? [copy(hint)] : [])];
    forward.push({ item, makeFront: makeQuestion, makeBack: () => [wrap("tb-back", back)] });
    if (reverse === undefined) continue;
    backward.push({ item: reverse, makeFront: () => [wrap("tb-front", back)], makeBack: () => [wrap("tb-back", front)] });
  }
  return [...forward, ...backward];
}

function wrap(kind: string, from: Element): HTMLDivElement {
  const side = document.createElement("div");
  side.className = kind;
  side.append(...copy(from).childNodes);
  return side;
}

/** A copy without ids, which are the original's, and closed where it can be. */
function copy(from: Element): Element {
  const whole = from.cloneNode(true) as Element;
  for (const part of [whole, ...whole.querySelectorAll("[id]")]) part.removeAttribute("id");
  whole.removeAttribute("open");
  return whole;
}
