import type { Shelf } from "./shelf";
import { locateManifest, OFFLINE_PAGE, readManifest, type TrackManifest } from "./track-manifest";

/** Why a track could not be kept: no answer, an answer that does not fit, no room on the device, no such track any more. */
export type Trouble = "network" | "broken" | "room" | "gone";

/** What a page asks of the worker. */
export type Wish = { readonly keep: string } | { readonly remove: string };

/** What the worker tells all open pages about a track. */
export type News =
  | { readonly track: string; readonly done: number; readonly total: number }
  | { readonly track: string; readonly kept: string; readonly renewed: boolean }
  | { readonly track: string; readonly trouble: Exclude<Trouble, "gone"> }
  | { readonly track: string; readonly removed: true };

export class KeepingError extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

/** As many as browsers open to one host of HTTP/1.1. */
const AT_ONCE = 6;
const TYPES: Readonly<Record<string, RegExp>> = { html: /^text\/html/, css: /^text\/css/, js: /javascript/, svg: /^image\/svg/ };

/**
 * Puts every file of the track's newest version on the shelf, then takes the version up. What is there already is not fetched again,
 * and until all is there the version before stays as it was. Throws KeepingError, or what `signal` was aborted with.
 */
export async function keepTrack(shelf: Shelf, track: string, signal: AbortSignal, tell: (news: News) => void): Promise<void> {
  const before = await shelf.readKept(track);
  // It may have been removed since this was asked for.
  if (!before && !(await shelf.isWanted(track))) return tell({ track, removed: true });
  const manifest = await fetchManifest(shelf.root, track, signal);
  const missing = await shelf.listMissing(manifest);
  if (before?.version !== manifest.version || missing.length > 0) {
    await withRoom(() => shelf.want(track, manifest));
    const total = Object.keys(manifest.files).length;
    let done = total - missing.length;
    tell({ track, done, total });
    await eachOf(missing, async (address) => {
      await fetchFile(shelf, address, manifest, signal);
      tell({ track, done: ++done, total });
    });
    if ((await shelf.listMissing(manifest)).length > 0) throw new KeepingError("room");
    await withRoom(() => shelf.take(track, manifest));
  } else if (await shelf.isWanted(track)) {
    await shelf.dropWish(track);
  }
  tell({ track, kept: manifest.version, renewed: before !== undefined && before.version !== manifest.version });
}

/** Whether a response is the site's own and of the type that the address promises. */
export function isSound(response: Response, address: string): boolean {
  const extension = /\.([a-z0-9]+)$/.exec(address)?.[1] ?? "html";
  const type = response.headers.get("content-type") ?? "";
  const expected = TYPES[extension];
  const fits = expected ? expected.test(type) : !type.startsWith("text/html");
  return response.status === 200 && response.type === "basic" && !response.redirected && fits;
}

async function fetchManifest(root: string, track: string, signal: AbortSignal): Promise<TrackManifest> {
  const response = await ask(locateManifest(root, track), { cache: "no-cache", signal });
  if (response.status === 404 && (await isPublished(root, signal))) throw new KeepingError("gone");
  const manifest = isSound(response, ".json") ? readManifest(await response.json().catch(() => undefined)) : undefined;
  if (!manifest) throw new KeepingError("broken");
  return manifest;
}

/** Whether the site is there at all: a host in trouble misses everything, and not one track. */
async function isPublished(root: string, signal: AbortSignal): Promise<boolean> {
  return isSound(await ask(root + OFFLINE_PAGE, { cache: "no-cache", signal }), OFFLINE_PAGE);
}

/** The browser may hold an older copy that it takes for fresh: what does not fit is asked for once more, past that copy. */
async function fetchFile(shelf: Shelf, address: string, manifest: TrackManifest, signal: AbortSignal): Promise<void> {
  const hash = manifest.files[address]?.[0] ?? "";
  for (const cache of ["default", "reload"] as const) {
    const response = await ask(shelf.root + address, { cache, signal });
    if (!isSound(response, address)) continue;
    const body = await response.arrayBuffer().catch((error: unknown) => fail(error, "network"));
    if ((await digest(body)) !== hash) continue;
    await withRoom(() => shelf.putFile(address, hash, body, response.headers.get("content-type") ?? ""));
    return;
  }
  throw new KeepingError("broken");
}

/** A redirect is no answer: what stands elsewhere is not what the manifest lists. */
function ask(url: string, options: RequestInit): Promise<Response> {
  return fetch(url, { ...options, redirect: "manual" }).catch((error: unknown) => fail(error, "network"));
}

function fail(error: unknown, trouble: Trouble): never {
  throw error instanceof DOMException && error.name === "AbortError" ? error : new KeepingError(trouble);
}

async function withRoom(store: () => Promise<void>): Promise<void> {
  await store().catch((error: unknown) => fail(error, "room"));
}

/** The first failure ends it, once what was under way has ended: nothing goes on behind the back of who waits. */
async function eachOf(addresses: readonly string[], work: (address: string) => Promise<void>): Promise<void> {
  const queue = [...addresses].reverse();
  const worker = async (): Promise<void> => {
    for (let address = queue.pop(); address !== undefined; address = queue.pop()) await work(address);
  };
  const workers = Array.from({ length: AT_ONCE }, () => worker().finally(() => (queue.length = 0)));
  for (const result of await Promise.allSettled(workers)) if (result.status === "rejected") throw result.reason;
}

async function digest(body: ArrayBuffer): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
