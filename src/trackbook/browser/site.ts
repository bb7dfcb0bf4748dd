/** The address of the site's home: scripts lie in its folder `assets/`. */
export const root = new URL("..", import.meta.url);

/** Whether the browser takes each page for a site of its own, as Firefox does with files: what one keeps, no other can read. */
export const isApart = location.origin === "null";

/** A place below the site's home; undefined for any other. */
export function locate(address: string): URL | undefined {
  const url = URL.canParse(address, root.href) ? new URL(address, root) : undefined;
  return url?.href.startsWith(root.href) ? url : undefined;
}

/** Returns a key for the browser's storage; it carries the site's path, since sites on one host share their storage. */
export function keyFor(name: string): string {
  return `trackbook:${root.pathname}:${name}`;
}

/** Returns what is stored under `name`; undefined when there is nothing, or storage is forbidden. */
export function recall<Value>(name: string): Value | undefined {
  try {
    return (JSON.parse(localStorage.getItem(keyFor(name)) ?? "null") as Value | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(keyFor(name));
  } catch {
    // Nothing was stored.
  }
}

/** Stores a preference; false where storage is forbidden or full, and the page works without it. */
export function remember(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(keyFor(name), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** The names of what pages that were left had no time to bring into the record (leaving.ts). */
export function listLeft(): string[] {
  try {
    const start = keyFor("left:");
    return Object.keys(localStorage).filter((key) => key.startsWith(start)).map((key) => key.slice(keyFor("").length));
  } catch {
    return [];
  }
}
