import type { News, Trouble, Wish } from "./keeping";
import { offerInstall } from "./install";
import { Shelf } from "./shelf";
import { root } from "./site";
import { say } from "./texts";
import { locateManifest, OFFLINE_PAGE, readManifest, type TrackManifest } from "./track-manifest";

/** A worker that a browser has put to sleep in the middle of its work is woken by the same wish. */
const REMINDER = 10_000;

const shelf = new Shelf(root.href);

/** What one learner sees of one track: nothing kept, work under way, kept, or the reason why not. */
type View =
  | { readonly is: "offered"; readonly manifest: TrackManifest }
  | { readonly is: "absent" }
  | { readonly is: "keeping"; readonly done: number; readonly total: number; readonly renewing: boolean }
  | { readonly is: "kept"; readonly manifest: TrackManifest; readonly renewed: boolean }
  | { readonly is: "failed"; readonly trouble: Exclude<Trouble, "gone">; readonly kept: boolean };

/** Offers to keep a track on the device, and says how that stands. Shown only where the browser is able to. */
class Offline extends HTMLElement {
  #bound: AbortController | undefined;
  #kept: TrackManifest | undefined;
  #view: View["is"] | undefined;
  /** How often there were news: an older question is not answered any more. */
  #heard = 0;
  /** The version that came while this page was open. */
  #renewed: string | undefined;
  /** What was pressed happens one after the other: so a wish is noted before it can be taken back. */
  #doing: Promise<void> = Promise.resolve();

  get #track(): string {
    return this.dataset["trackId"] ?? "";
  }

  connectedCallback(): void {
    this.#bound = new AbortController();
    const { signal } = this.#bound;
    const channel = new BroadcastChannel(shelf.lock);
    channel.addEventListener("message", ({ data }: MessageEvent<News>) => void (data.track === this.#track && this.#hear(data)));
    signal.addEventListener("abort", () => channel.close());
    const reminder = setInterval(() => this.#view === "keeping" && void this.#ask({ keep: this.#track }), REMINDER);
    signal.addEventListener("abort", () => clearInterval(reminder));
    addEventListener("online", () => this.#view === "failed" && void this.#keep(), { signal });
    this.#begin().catch(() => undefined);
  }

  disconnectedCallback(): void {
    this.#bound?.abort();
  }

  /** What is kept is said at once; what the network has to say comes when it comes. */
  async #begin(): Promise<void> {
    this.#kept = await shelf.readKept(this.#track);
    const wanted = await shelf.isWanted(this.#track);
    if (wanted) this.#show({ is: "keeping", done: 0, total: 0, renewing: this.#kept !== undefined });
    else if (this.#kept) this.#showKept(this.#kept);
    // The browser may have ended the worker and left what it kept.
    if (this.#kept || wanted) this.#ask({ keep: this.#track }).catch(() => undefined);
    if (wanted) return;
    const heard = this.#heard;
    const newest = await fetchManifest(this.#track);
    if (heard !== this.#heard) return;
    if (this.#kept === undefined) this.#show(newest ? { is: "offered", manifest: newest } : { is: "absent" });
    else if (newest && newest.version !== this.#kept.version) this.#show({ is: "keeping", done: 0, total: 0, renewing: true });
  }

  async #hear(news: News): Promise<void> {
    this.#heard += 1;
    if ("kept" in news || "removed" in news) this.#kept = await shelf.readKept(this.#track);
    if ("done" in news) this.#show({ is: "keeping", done: news.done, total: news.total, renewing: this.#kept !== undefined });
    else if ("kept" in news && this.#kept) {
      if (news.renewed) this.#renewed = this.#kept.version;
      this.#showKept(this.#kept);
    } else if ("removed" in news) await this.#begin();
    else if ("trouble" in news && this.#kept && news.trouble === "network") this.#showKept(this.#kept);
    else if ("trouble" in news) this.#show({ is: "failed", trouble: news.trouble, kept: this.#kept !== undefined });
  }

  /** The wish is noted before there is a worker: so nothing of it is lost when the page closes. */
  async #keep(): Promise<void> {
    this.#show({ is: "keeping", done: 0, total: 0, renewing: this.#kept !== undefined });
    try {
      if (!(await shelf.isWanted(this.#track))) await shelf.want(this.#track);
      // Refused or not: kept tracks then only outlive a full disk less often.
      navigator.storage?.persist?.().catch(() => undefined);
      await this.#ask({ keep: this.#track });
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      this.#show({ is: "failed", trouble: full ? "room" : "network", kept: this.#kept !== undefined });
    }
  }

  async #ask(wish: Wish): Promise<void> {
    const { active, waiting, installing } = await findRegistration();
    (active ?? waiting ?? installing)?.postMessage(wish);
  }

  #showKept(manifest: TrackManifest): void {
    this.#show({ is: "kept", manifest, renewed: manifest.version === this.#renewed });
  }

  #show(view: View): void {
    const status = this.querySelector("[role=status]") ?? this.#build();
    const sentence = describe(view);
    if (status.textContent !== sentence) status.textContent = sentence;
    this.#showProgress(view);
    if (this.#view !== view.is) this.#showButtons(view);
    this.#view = this.dataset["state"] = view.is;
    this.hidden = view.is === "absent" && !document.body.classList.contains("tb-offline");
  }

  #build(): HTMLElement {
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.tabIndex = -1;
    this.replaceChildren(status);
    return status;
  }

  #showProgress(view: View): void {
    const old = this.querySelector(".tb-progress");
    if (view.is !== "keeping") return old?.remove();
    const shown = old ?? this.appendChild(document.createElement("p"));
    shown.className = "tb-progress";
    const bar = shown.querySelector("progress") ?? shown.appendChild(document.createElement("progress"));
    const count = shown.querySelector("span") ?? shown.appendChild(document.createElement("span"));
    bar.setAttribute("aria-label", describe(view));
    if (view.total === 0) return;
    bar.max = view.total;
    bar.value = view.done;
    count.textContent = say("offline.files", { done: view.done, total: view.total });
  }

  /** The button that was pressed goes with the state it belongs to; its place among the Tab stops stays. */
  #showButtons(view: View): void {
    const old = this.querySelector(".tb-actions");
    const focused = old?.contains(document.activeElement);
    old?.remove();
    const actions = document.createElement("p");
    actions.className = "tb-actions";
    const add = (label: string, act: () => Promise<void>): void => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tb-button";
      button.textContent = label;
      button.addEventListener("click", () => void (this.#doing = this.#doing.then(act).catch(() => undefined)));
      actions.append(button);
    };
    const remove = (): Promise<void> => this.#ask({ remove: this.#track });
    if (view.is === "offered") add(say("offline.keep", { size: sayBytes(view.manifest.bytes) }), () => this.#keep());
    if (view.is === "failed") add(say("offline.again"), () => this.#keep());
    const wanted = (view.is === "keeping" && !view.renewing) || (view.is === "failed" && view.trouble === "network" && !view.kept);
    if (wanted) add(say("offline.stop"), remove);
    if (view.is === "kept" || (view.is === "failed" && view.kept)) add(say("offline.remove"), remove);
    if (actions.hasChildNodes()) this.append(actions);
    if (focused) this.querySelector<HTMLElement>("[role=status]")?.focus();
  }
}

function describe(view: View): string {
  switch (view.is) {
    case "offered":
      return say("offline.offer") + sayWithout(view.manifest);
    case "absent":
      return say("offline.absent");
    case "keeping":
      return say(view.renewing ? "offline.renewing" : "offline.keeping");
    case "kept": {
      const { updated, bytes } = view.manifest;
      const values = { date: updated ? sayDate(updated) : "", size: sayBytes(bytes) };
      return say(`offline.${view.renewed ? "renewed" : "kept"}${updated ? "" : "_undated"}`, values) + sayWithout(view.manifest);
    }
    case "failed":
      return [say(`offline.trouble_${view.trouble}`), ...(view.kept ? [say("offline.stays")] : [])].join(" ");
  }
}

/** That large recordings are not kept, as a further sentence. */
function sayWithout({ without }: TrackManifest): string {
  return without ? ` ${say("offline.without", { count: without[0], size: sayBytes(without[1]) })}` : "";
}

function sayBytes(bytes: number): string {
  const language = document.documentElement.lang;
  return new Intl.NumberFormat(language, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }).format(bytes / 1e6);
}

function sayDate(day: string): string {
  return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
}

/** Our own: a site around this one may have a worker that would answer as well. */
async function findRegistration(): Promise<ServiceWorkerRegistration> {
  const found = await navigator.serviceWorker.getRegistration(root.href);
  if (found?.scope === root.href) return found;
  return navigator.serviceWorker.register(new URL("service-worker.js", root), { scope: root.pathname, updateViaCache: "none" });
}

async function fetchManifest(track: string): Promise<TrackManifest | undefined> {
  try {
    const response = await fetch(locateManifest(root.href, track), { cache: "no-cache" });
    return response.ok ? readManifest(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

/** The worker shows the page about reading offline in the place of a page that is not kept: it then says so. */
function sayNotKept(): void {
  const notice = document.querySelector<HTMLElement>(".tb-not-kept");
  if (!notice || location.href.startsWith(root.href + OFFLINE_PAGE)) return;
  notice.hidden = false;
  const waiting = new AbortController();
  addEventListener("online", () => location.reload(), { signal: waiting.signal });
  // Whoever follows a link at that very moment is not called back.
  addEventListener("beforeunload", () => waiting.abort());
}

/** A private window, an insecure address or an old browser has none of these, or throws at the sight of them. */
async function isAble(): Promise<boolean> {
  try {
    await caches.has("trackbook");
    return "serviceWorker" in navigator && "locks" in navigator && "subtle" in crypto;
  } catch {
    return false;
  }
}

/** What held the place of the offer goes; the page about reading offline says why. */
function sayUnable(): void {
  for (const element of document.querySelectorAll<HTMLElement>("tb-offline")) {
    element.dataset["state"] = "absent";
    element.textContent = say("offline.unable");
    element.hidden = !document.body.classList.contains("tb-offline");
  }
}

sayNotKept();
offerInstall();
if (await isAble()) customElements.define("tb-offline", Offline);
else sayUnable();
