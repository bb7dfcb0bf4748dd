/**
 * Where pages are files, browsers let scripts fetch nothing. So beside each file that scripts fetch lies another, a script that hands
 * its content over: `FILE.js`, made by site/relative/.
 */
import { root } from "./site";

type Take = (content: string, packed: boolean) => void;

const waiting = new WeakMap<HTMLOrSVGScriptElement, Take>();
const fetchAnything = globalThis.fetch.bind(globalThis);

declare global {
  /** Called by the script beside a file; what is no text comes packed, in Base64. */
  var trackbookFile: (content: string, packed?: boolean) => void;
}

globalThis.trackbookFile = (content, packed = false) => {
  const script = document.currentScript;
  if (script) waiting.get(script)?.(content, packed);
};

/** Runs the script at an address. Rejects when it is not there. */
export function runScript(address: string, take?: Take): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    if (take) waiting.set(script, take);
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new TypeError(`${address} can't be loaded`)));
    script.addEventListener("load", () => script.remove());
    script.src = address;
    document.head.append(script);
  });
}

/** As the browser's own `fetch`, for the site's files that have a script beside them. */
globalThis.fetch = async (input, init) => {
  const { origin, protocol, pathname, href } = new URL(input instanceof Request ? input.url : input, document.baseURI);
  if (!href.startsWith(root.href)) return fetchAnything(input, init);
  let content: BodyInit | undefined;
  const start = protocol === "file:" ? "file://" : origin;
  await runScript(`${start}${pathname}.js`, (text, packed) => (content = packed ? unpack(text) : text));
  init?.signal?.throwIfAborted();
  return new Response(content);
};

function unpack(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}
