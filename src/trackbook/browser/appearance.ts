import { CHOICES, show } from "./choices";

/**
 * Runs before the first paint, so that what a reader chose never flashes or shifts: puts it on `<html>`, and whether they have read here before.
 * Each key carries the site's path, since sites on one host share their storage.
 */
const script = document.currentScript as HTMLScriptElement;
const keys = `trackbook:${new URL("..", script.src).pathname}:`;
try {
  if (localStorage.getItem(`${keys}back`)) document.documentElement.dataset["back"] = "";
  const chosen = JSON.parse(localStorage.getItem(`${keys}appearance`) ?? "{}") as Record<string, unknown>;
  for (const name of CHOICES) show(name, chosen[name]);
} catch {
  // Storage may be forbidden or hold nonsense: the page then looks as the system does.
}
