import { say } from "../texts";

/** A day in words, by its distance from today. */
export function sayWhen(days: number): string {
  if (days <= 0) return say("review.today");
  return days === 1 ? say("review.tomorrow") : say("review.in_days", { count: days });
}

/** When a missed card comes back, by how many others are before it. */
export function sayBack(others: number): string {
  return others === 0 ? say("review.next") : say("review.soon", { count: others });
}

export function sayPercent(share: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(share);
}
