import { say } from "../texts";

/** A day in words, by its distance from today. */
export function sayWhen(days: number): string {
  if (days <= 0) return say("review.today");
  return days === 1 ? say("review.tomorrow") : say("review.in_days", { count: days });
}

export function sayPercent(share: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(share);
}

/** A date without its year, by its distance in days from a date. */
export function sayDate(from: Date, days: number): string {
  const date = new Date(from.getFullYear(), from.getMonth(), from.getDate() + days);
  return new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", day: "numeric", month: "short" }).format(date);
}
