import { locateManifest, nameTrack, OFFLINE_PAGE, readManifest, type TrackManifest } from "./track-manifest";

/** Another form of what is stored gets another number, and its worker says what becomes of the older one. */
const FORMAT = 1;
const WANTED = "?wanted";

/**
 * What this browser keeps of the site: one cache, in which files stand under their own hashes and a track is kept from the moment
 * its manifest is put beside them. So a version is taken up in one step, and no version can hold a file of another.
 */
export class Shelf {
  readonly #name: string;

  /** `root` is the site's address; it stands in the cache's name, since several sites can share an origin. */
  constructor(readonly root: string) {
    this.#name = `trackbook:${new URL(root).pathname}:kept:${FORMAT}`;
  }

  get lock(): string {
    return this.#name;
  }

  /** Tracks that are kept, and tracks that were asked for and are not complete. */
  async listTracks(): Promise<string[]> {
    const tracks = (await this.#list()).map((url) => this.#nameTrack(url));
    return [...new Set(tracks)].filter((track) => track !== undefined).sort();
  }

  readKept(track: string): Promise<TrackManifest | undefined> {
    return this.#read(locateManifest(this.root, track));
  }

  async isWanted(track: string): Promise<boolean> {
    return (await caches.match(locateManifest(this.root, track) + WANTED, { cacheName: this.#name })) !== undefined;
  }

  /** Notes that the track is asked for, in which version if that is known: what is interrupted goes on from this note. */
  async want(track: string, manifest: TrackManifest | null = null): Promise<void> {
    await this.#put(locateManifest(this.root, track) + WANTED, Response.json(manifest));
  }

  async dropWish(track: string): Promise<void> {
    await this.#delete(locateManifest(this.root, track) + WANTED);
    await this.#sweep();
  }

  /** The addresses of the manifest whose files are not here yet. */
  async listMissing(manifest: TrackManifest): Promise<string[]> {
    const here = new Set(await this.#list());
    return Object.entries(manifest.files).flatMap(([address, [hash]]) => (here.has(this.#locate(address, hash)) ? [] : [address]));
  }

  async putFile(address: string, hash: string, body: ArrayBuffer, type: string): Promise<void> {
    await this.#put(this.#locate(address, hash), new Response(body, { headers: { "content-type": type } }));
  }

  /** The kept file, a response of its own each time; nothing when it is not here. */
  findFile(address: string, hash: string): Promise<Response | undefined> {
    return caches.match(this.#locate(address, hash), { cacheName: this.#name });
  }

  /** The track is kept in this version from now on. */
  async take(track: string, manifest: TrackManifest): Promise<void> {
    await this.#put(locateManifest(this.root, track), Response.json(manifest));
    await this.dropWish(track);
  }

  async remove(track: string): Promise<void> {
    await this.#delete(locateManifest(this.root, track));
    await this.dropWish(track);
  }

  async destroy(): Promise<void> {
    await caches.delete(this.#name);
  }

  /** Removes the files that neither a kept version nor a wanted one names. */
  async #sweep(): Promise<void> {
    const urls = await this.#list();
    const named = new Set<string>();
    for (const url of urls.filter((url) => this.#nameTrack(url) !== undefined)) {
      const files: TrackManifest["files"] = (await this.#read(url))?.files ?? {};
      for (const [address, [hash]] of Object.entries(files)) named.add(this.#locate(address, hash));
    }
    for (const url of urls) if (this.#nameTrack(url) === undefined && !named.has(url)) await this.#delete(url);
  }

  /** A file keeps its extension, since equal bytes under two extensions have two types. */
  #locate(address: string, hash: string): string {
    const extension = /\.[a-z0-9]+$/i.exec(address)?.[0] ?? ".html";
    return `${this.root}${OFFLINE_PAGE}kept/${hash}${extension}`;
  }

  #nameTrack(url: string): string | undefined {
    return nameTrack(url.slice(this.root.length));
  }

  async #read(url: string): Promise<TrackManifest | undefined> {
    const found = await caches.match(url, { cacheName: this.#name });
    return found && readManifest(await found.json());
  }

  /** Asks first, since opening a cache makes one. */
  async #list(): Promise<string[]> {
    if (!(await caches.has(this.#name))) return [];
    return (await (await caches.open(this.#name)).keys()).map(({ url }) => url);
  }

  async #delete(url: string): Promise<void> {
    if (await caches.has(this.#name)) await (await caches.open(this.#name)).delete(url);
  }

  async #put(url: string, response: Response): Promise<void> {
    await (await caches.open(this.#name)).put(url, response);
  }
}
