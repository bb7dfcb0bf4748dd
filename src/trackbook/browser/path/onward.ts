import type { Seen } from "../glimpse";

/** The lesson to go on with, everywhere: the one that was last read, or the next one that is open; else one that was begun, else the first. */
export function chooseLesson<Found extends { readonly key: string }>(lessons: readonly Found[], { done, place, places }: Pick<Seen, "done" | "place" | "places">): Found | undefined {
  const open = lessons.filter(({ key }) => !done.has(key));
  const at = lessons.findIndex(({ key }) => place?.address.startsWith(`${key}/`));
  const next = at < 0 ? undefined : lessons.slice(at).find((lesson) => open.includes(lesson));
  return next ?? open.find(({ key }) => places.has(key)) ?? open[0];
}
