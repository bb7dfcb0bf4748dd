import { countDay, countToday, readWall, writeTime } from "./record/wall";

/** The day of a moment as one speaks of it: "today", "Sunday", "November 14, 2026". */
export function sayDay(at: number): string {
  const language = document.documentElement.lang || "en";
  const ago = countToday(new Date()) - countDay(readWall(writeTime(new Date(at))));
  if (ago === 0) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(0, "day");
  return new Intl.DateTimeFormat(language, ago > 0 && ago < 7 ? { weekday: "long" } : { dateStyle: "long" }).format(at);
}
