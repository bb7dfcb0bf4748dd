/** The clock on the learner's wall, and how far it is from UTC: `2026-11-21T09:30:00.000+01:00`. */
export function writeTime(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const wall = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) => String(part).padStart(2, "0"));
  return `${wall}${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

/** The moment, in milliseconds since 1970. */
export function readMoment(at: string): number {
  return Date.parse(at);
}

/** What the clock on the wall showed, as if it were in UTC: so its calendar days are the learner's own, with midnight where they were. */
export function readWall(at: string): Date {
  return new Date(`${at.slice(0, -6)}Z`);
}

const DAY = 86_400_000;

/** The day of a time on the wall, counted from 1970. */
export function countDay(wall: Date): number {
  return Math.floor(wall.getTime() / DAY);
}

export function countToday(now: Date): number {
  return countDay(readWall(writeTime(now)));
}
