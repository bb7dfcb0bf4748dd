import { openRecord, type LearnersRecord } from "./record";
import { syncFile } from "./syncing";

/** In milliseconds. What happens in quick succession is written at once. */
const PAUSE = 1000;

/** Keeps record and file the same, from now on and whenever the page is seen again. What a page that is left could not write, the next one does. */
export function followFile(record: LearnersRecord, signal?: AbortSignal): void {
  const options = signal ? { signal } : {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sync = (): void => {
    clearTimeout(timer);
    timer = undefined;
    void syncFile(record).catch(() => undefined);
  };
  const heed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(sync, PAUSE);
  };
  record.addEventListener("change", heed, options);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" || timer !== undefined) && sync(), options);
  if (document.visibilityState === "visible") sync();
}

/** The same on a page that shows nothing of the file. */
export async function follow(): Promise<void> {
  followFile(await openRecord());
}
