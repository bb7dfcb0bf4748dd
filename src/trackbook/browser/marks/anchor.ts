import search from "approx-string-match";
import type { Position, Quote } from "../record/marks";
import { LONGEST_QUOTE } from "../record/marks-limits";
import type { Span } from "./page-text";

/** So much of the text on either side tells one place from another that reads alike. */
const CONTEXT = 32;
/** Words as short as these stand in many places: they are found again only beside what stood beside them. */
const SHORT = 24;
/** How much of a quote may be other than it was. With more, every fourth sentence that is gone would be found in one that says something else. */
const TOLERANCE = 0.3;

/** Where a quote is now, and whether it still reads as it did. */
export interface Found extends Span {
  readonly isSame: boolean;
}

export function quote(text: string, { start, end }: Span): { quote: Quote; position: Position } | undefined {
  if (end - start > LONGEST_QUOTE) return undefined;
  const [prefix, suffix] = [text.slice(Math.max(0, start - CONTEXT), start), text.slice(end, end + CONTEXT)];
  return { quote: { exact: text.slice(start, end), prefix, suffix }, position: { start, end } };
}

/** Finds a quote in a text that may have been edited: as it was, or as it is now where most of it, or what stood around it, is still there. */
export function find(text: string, wanted: Quote, position: Position): Found | undefined {
  const likeness = ({ start, end }: Span): number => compareAround(text, wanted, start, end) - Math.abs(start - position.start) / (text.length + 1) / 10;
  const exact = pick(listExact(text, wanted.exact), likeness);
  if (exact && (wanted.exact.length >= SHORT || compareAround(text, wanted, exact.start, exact.end) > 0.25)) return { ...exact, isSame: true };
  const near = findBetween(text, wanted) ?? findAlike(text, wanted, likeness);
  return near && { ...toWords(text, near), isSame: false };
}

function listExact(text: string, exact: string): Span[] {
  const spans: Span[] = [];
  for (let start = text.indexOf(exact); start >= 0; start = text.indexOf(exact, start + 1)) spans.push({ start, end: start + exact.length });
  return spans;
}

function pick<Candidate extends Span>(spans: readonly Candidate[], rate: (span: Candidate) => number): Candidate | undefined {
  let [best, highest]: [Candidate | undefined, number] = [undefined, -Infinity];
  for (const span of spans) {
    const rated = rate(span);
    if (rated > highest) [best, highest] = [span, rated];
  }
  return best;
}

/** How much of what stood around a quote stands around this place, from 0 to 1. */
function compareAround(text: string, { prefix, suffix }: Quote, start: number, end: number): number {
  let [before, after] = [0, 0];
  while (before < prefix.length && text[start - 1 - before] === prefix.at(-1 - before)) before += 1;
  while (after < suffix.length && text[end + after] === suffix[after]) after += 1;
  return (before + after) / (prefix.length + suffix.length || 1);
}

/** What now stands between the words that stood before and after. */
function findBetween(text: string, { exact, prefix, suffix }: Quote): Span | undefined {
  if (prefix.length < CONTEXT || suffix.length < CONTEXT) return undefined;
  const before = text.indexOf(prefix);
  const start = before + prefix.length;
  const end = text.indexOf(suffix, start);
  const isOne = before >= 0 && end > start && text.indexOf(prefix, before + 1) < 0;
  return isOne && end - start <= 2 * exact.length + CONTEXT ? { start, end } : undefined;
}

/** The place whose words are most like the quote, by edits of single signs: https://github.com/robertknight/approx-string-match-js. */
function findAlike(text: string, { exact }: Quote, likeness: (span: Span) => number): Span | undefined {
  if (exact.length < SHORT) return undefined;
  const matches = search(text, exact, Math.floor(exact.length * TOLERANCE));
  return pick(matches, (match) => likeness(match) - match.errors / exact.length);
}

/** Whole words: an edit counts signs, a reader words. */
function toWords(text: string, { start, end }: Span): Span {
  const isInside = (at: number): boolean => /^[\p{L}\p{N}]{2}$/u.test(text.slice(at - 1, at + 1));
  while (start > 0 && isInside(start)) start -= 1;
  while (end < text.length && isInside(end)) end += 1;
  while (start < end && text[start] === " ") start += 1;
  while (start < end && text[end - 1] === " ") end -= 1;
  return { start, end };
}
