/**
 * Runs before the first paint, so that a chosen theme or type never flashes: puts the reader's choices on `<html>`, and whether they have read here before.
 * The key carries the site's path, since sites on one host share their storage.
 */
const script = document.currentScript as HTMLScriptElement;
const key = `trackbook:${new URL("..", script.src).pathname}:appearance`;
try {
  const chosen = JSON.parse(localStorage.getItem(key) ?? "{}") as Record<string, string>;
  for (const name of ["theme", "type", "keys", "back"]) {
    const value = chosen[name];
    if (value) document.documentElement.dataset[name] = value;
  }
} catch {
  // Storage may be forbidden or hold nonsense: the page then looks as the system does.
}
