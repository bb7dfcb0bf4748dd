import { say } from "../texts";

/** A day in words, by its distance from today. */
export function sayWhen(days: number): string {
  if (days <= 0) return say("review.today");
  return days === 1 ? say("review.tomorrow") : say("review.in_days", { count: days });
}

export function sayPercent(share: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(share);
}
