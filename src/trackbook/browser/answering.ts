import { isSound } from "./keeping";
import type { Shelf } from "./shelf";
import { nameTrack, OFFLINE_PAGE } from "./track-manifest";

/** How long a network may take before the kept copy is shown instead. */
const PATIENCE = 3000;
/** Names that change with their contents: the kept file is the right one, whatever the network would say. */
const HASHED = /^assets\/.*[.-]([0-9A-Z]{8}|[0-9a-f]{8,})\./;

/** Answers requests from the network and from what is kept. Forget what it knows whenever the shelf has changed. */
export class Answers {
  #hashes: Promise<Map<string, string>> | undefined;

  constructor(readonly shelf: Shelf) {}

  forget(): void {
    this.#hashes = undefined;
  }

  /** The site's own files; anything else is the browser's business alone. */
  isConcerned(request: Request): boolean {
    return request.method === "GET" && request.url.startsWith(this.shelf.root);
  }

  /**
   * Pages and files come from the network as long as it answers soundly and soon, else from the shelf. So nobody is held on an
   * old version, and what is shown never waits for a network that is only half there.
   */
  async answer(request: Request): Promise<Response> {
    const address = this.#nameAddress(request.url);
    const hash = (await this.#listHashes()).get(decode(address));
    const range = request.headers.get("range");
    if (range !== null) return (hash !== undefined && (await this.#cut(address, hash, range))) || fetch(request);
    if (hash !== undefined && HASHED.test(address)) return (await this.shelf.findFile(address, hash)) ?? fetch(request);
    // A browser may take its own copy of a page for fresh, by guess or by the host's word: who keeps a track sees what is published.
    const fresh = request.mode === "navigate" ? fetch(request, { cache: "no-cache" }) : fetch(request);
    if (hash !== undefined) {
      const soon = await waitFor(fresh, PATIENCE);
      const usable = soon && (request.mode === "navigate" ? soon.status < 500 : isSound(soon, address));
      const kept = usable ? soon : await this.shelf.findFile(address, hash);
      if (kept) return kept;
    }
    return fresh.catch((error: unknown) => this.#standIn(request, address, error));
  }

  /** What plays is asked for in parts, which all have to be of one version: that which is kept. */
  async #cut(address: string, hash: string, range: string): Promise<Response | undefined> {
    const found = await this.shelf.findFile(address, hash);
    const asked = /^bytes=(\d+)-(\d*)$/.exec(range);
    if (!found || !asked) return undefined;
    const whole = await found.blob();
    const start = Number(asked[1]);
    const end = asked[2] ? Math.min(Number(asked[2]) + 1, whole.size) : whole.size;
    if (start >= end) return undefined;
    const headers = {
      "content-type": found.headers.get("content-type") ?? "",
      "content-length": `${end - start}`,
      "content-range": `bytes ${start}-${end - 1}/${whole.size}`,
      "accept-ranges": "bytes",
    };
    return new Response(whole.slice(start, end), { status: 206, headers });
  }

  /** Without a network: the manifest of a kept track, none of another, and for a page the one that says so. */
  async #standIn(request: Request, address: string, error: unknown): Promise<Response> {
    const track = nameTrack(address);
    if (track !== undefined) return Response.json((await this.shelf.readKept(track)) ?? null);
    if (request.mode === "navigate") return this.#sayNotKept(error);
    throw error;
  }

  /** The page about reading offline, at an address that is not its own: so the links in it are made whole. */
  async #sayNotKept(error: unknown): Promise<Response> {
    const hash = (await this.#listHashes()).get(OFFLINE_PAGE);
    const page = hash === undefined ? undefined : await this.shelf.findFile(OFFLINE_PAGE, hash);
    if (!page) throw error;
    const html = (await page.text()).replaceAll(/="\.\.\/?/g, `="${this.shelf.root}`);
    return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
  }

  #listHashes(): Promise<Map<string, string>> {
    this.#hashes ??= this.#readHashes();
    return this.#hashes;
  }

  async #readHashes(): Promise<Map<string, string>> {
    const manifests = await Promise.all((await this.shelf.listTracks()).map((track) => this.shelf.readKept(track)));
    const files = manifests.flatMap((manifest) => Object.entries(manifest?.files ?? {}));
    return new Map(files.map(([address, [hash]]) => [decode(address), hash]));
  }

  /** Below the site's root, without query, fragment and `index.html`, none of which makes another page. */
  #nameAddress(url: string): string {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname}`.slice(this.shelf.root.length).replace(/(^|\/)index\.html$/, "$1");
  }
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** The response, or nothing when it fails or takes longer than `patience` milliseconds. */
function waitFor(response: Promise<Response>, patience: number): Promise<Response | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience));
  return Promise.race([response.catch(() => undefined), late]);
}
