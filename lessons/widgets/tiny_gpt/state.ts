import type { Cuts, Head, Link } from "../transformer";

/** What a learner set. Places count from 0, as layers and heads do; names count from 1. */
export interface State {
  readonly text: string;
  readonly heads: readonly Head[];
  readonly links: readonly Link[];
  /** The place of the word that is followed; the last one where undefined. */
  readonly place?: number | undefined;
  /** The head whose weights are shown word by word. */
  readonly head: Head;
}

export function nameHead({ layer, head }: Head): string {
  return `L${layer + 1}H${head + 1}`;
}

export function readHead(name: string): Head | undefined {
  const found = /^L(\d+)H(\d+)$/.exec(name);
  return found ? { layer: Number(found[1]) - 1, head: Number(found[2]) - 1 } : undefined;
}

export function isSame(one: Head, other: Head): boolean {
  return one.layer === other.layer && one.head === other.head;
}

export function isSameLink(one: Link, other: Link): boolean {
  return isSame(one, other) && one.from === other.from && one.to === other.to;
}

/** With it where it was missing, without it where it was there. */
export function toggle<One>(all: readonly One[], one: One, alike: (one: One, other: One) => boolean): One[] {
  const rest = all.filter((other) => !alike(one, other));
  return rest.length === all.length ? [...all, one] : rest;
}

export function hasCuts({ heads = [], links = [] }: Cuts): boolean {
  return heads.length + links.length > 0;
}

export function writeWhole({ text, heads, links, place, head }: State): string {
  const cut = links.map((link) => `${nameHead(link)}:${link.from}-${link.to}`);
  return [text, heads.map(nameHead), cut, place ?? "", nameHead(head)].join("|");
}

/** What an address says, as far as it makes sense. */
export function readWhole(written: string, first: State): State {
  const [text = "", heads = "", links = "", place = "", head = ""] = written.split("|");
  return {
    text: text || first.text,
    heads: heads.split(",").flatMap((name) => readHead(name) ?? []),
    links: links.split(",").flatMap(readLink),
    place: place ? Number(place) : undefined,
    head: readHead(head) ?? first.head,
  };
}

function readLink(written: string): Link[] {
  const [name = "", places = ""] = written.split(":");
  const head = readHead(name);
  const [from = NaN, to = NaN] = places.split("-").map(Number);
  return head && Number.isInteger(from) && Number.isInteger(to) ? [{ ...head, from, to }] : [];
}
