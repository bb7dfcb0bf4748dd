import { runScript } from "../companions";
import type { Pagefind } from "./pagefind";

declare const pagefind: Pagefind;

/** In the place of `loadPagefind` where pages are files: there are no modules, and workers can't read. */
export async function loadPagefind(folder: URL): Promise<Pagefind> {
  await runScript(new URL("pagefind.js", folder).href);
  return { ...pagefind, options: (options) => pagefind.options({ ...options, noWorker: true }) };
}
