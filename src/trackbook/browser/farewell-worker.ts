/**
 * Stands in the service worker's place while an author writes: a worker of a built site that was once served at this address ends
 * itself, and takes what it kept with it.
 */
import { Shelf } from "./shelf";

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => {
  const shelf = new Shelf(self.registration.scope);
  const leave = async (): Promise<void> => {
    await shelf.destroy();
    await self.registration.unregister();
  };
  // The worker before may still have work to end.
  event.waitUntil(navigator.locks.request(shelf.lock, leave));
});
