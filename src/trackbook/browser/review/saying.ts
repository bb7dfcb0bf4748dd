import type { Memory } from "../record/schedule";
import { say } from "../texts";

/** The learner's words for grades from 1 to 4. */
export const GRADES = ["again", "hard", "good", "easy"] as const;

const DAY = 86_400_000;
/** So many days ahead a day is told by its distance; later ones by their date. */
const NEAR = 6;

/** A day that cards come on: near ones by their distance from today, others by their date. */
export function sayComing(days: number, today: number): string {
  if (days <= NEAR) return sayWhen(days);
  const date = new Intl.DateTimeFormat(document.documentElement.lang || "en", { month: "long", day: "numeric", timeZone: "UTC" });
  return say("review.on_day", { date: date.format((today + days) * DAY) });
}

/** A day in words, by its distance from today. */
export function sayWhen(days: number): string {
  if (days <= 0) return say("review.today");
  return days === 1 ? say("review.tomorrow") : say("review.in_days", { count: days });
}

/** When a missed card comes back, by how many others are before it. */
export function sayBack(others: number): string {
  return others === 0 ? say("review.next") : say("review.soon", { count: others });
}

/** When a card was seen last, and how that went. */
export function saySeen(memory: Memory | undefined, today: number): string {
  if (!memory) return say("review.seen_never");
  const count = today - memory.last;
  if (count <= 0) return say("review.seen_today");
  return say(`review.seen_${GRADES[memory.grade - 1] ?? "good"}`, { count });
}

export function sayPercent(share: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(share);
}
