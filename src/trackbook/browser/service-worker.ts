/**
 * Works for the tracks that a learner keeps on the device, and ends itself when there are none. It is registered by the button that
 * keeps a track (offline.ts) and by nothing else.
 */
import { Answers } from "./answering";
import { keepTrack, KeepingError, type News, type Wish } from "./keeping";
import { Shelf } from "./shelf";

declare const self: ServiceWorkerGlobalScope;

const shelf = new Shelf(self.registration.scope);
const answers = new Answers(shelf);
const channel = new BroadcastChannel(shelf.lock);
const jobs = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>();
/** The last news of each track, for pages that come in the middle of it. */
const told = new Map<string, News>();

// Safe at any moment: pages need nothing of a worker but answers, and all workers read what is stored in the same way.
self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (!answers.isConcerned(event.request)) return;
  const answer = answers.answer(event.request);
  event.respondWith(answer);
  if (event.request.mode === "navigate") event.waitUntil(answer.then(renew, renew));
});

self.addEventListener("message", (event) => {
  const wish = event.data as Wish;
  const news = "keep" in wish && jobs.has(wish.keep) ? told.get(wish.keep) : undefined;
  if (news) tell(news);
  event.waitUntil("keep" in wish ? keep(wish.keep) : remove(wish.remove));
});

/** At each visit: what is kept is brought to the newest version, and what was interrupted goes on. */
async function renew(): Promise<void> {
  await Promise.all((await shelf.listTracks()).map(keep));
  await endWithoutTracks();
}

/** Begins to keep the track, or waits with whoever has begun. */
function keep(track: string): Promise<void> {
  const running = jobs.get(track);
  if (running) return running.done;
  const stop = new AbortController();
  const done = alone(() => keepTrack(shelf, track, stop.signal, tell))
    .catch((error: unknown) => (stop.signal.aborted ? undefined : giveUp(track, error)))
    .then(endWithoutTracks)
    .finally(() => {
      jobs.delete(track);
      told.delete(track);
    });
  jobs.set(track, { stop, done });
  return done;
}

/** Without a network the wish stays, and is fulfilled at a later visit. Else asking again would only fail again. */
async function giveUp(track: string, error: unknown): Promise<void> {
  const trouble = error instanceof KeepingError ? error.trouble : "broken";
  if (trouble === "gone") return discard(track);
  if (trouble !== "network") await alone(() => shelf.dropWish(track));
  await endWithoutTracks(); // before the news of it
  tell({ track, trouble });
}

async function remove(track: string): Promise<void> {
  const running = jobs.get(track);
  running?.stop.abort();
  await running?.done;
  await discard(track);
}

async function discard(track: string): Promise<void> {
  await alone(() => shelf.remove(track));
  await endWithoutTracks();
  tell({ track, removed: true });
}

async function endWithoutTracks(): Promise<void> {
  await alone(async () => {
    if ((await shelf.listTracks()).length > 0) return;
    await shelf.destroy();
    await self.registration.unregister();
  });
}

/** One change of the shelf at a time, also where an older worker still has work to end. */
function alone(change: () => Promise<void>): Promise<void> {
  return navigator.locks.request(shelf.lock, change);
}

function tell(news: News): void {
  told.set(news.track, news);
  if (!("done" in news)) answers.forget(); // the shelf holds other versions than before
  channel.postMessage(news);
}
