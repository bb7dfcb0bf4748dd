import { readModel, type Model, type ModelData } from "../../browser/transformer";

/** Fetches a model; `tell` hears what part of `size` (in bytes) has come. */
export async function loadModel(address: string, size: number, signal: AbortSignal, tell: (share: number) => void): Promise<Model> {
  const response = await fetch(address, { signal });
  if (!response.ok || !response.body) throw new Error(`${response.status}`);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body.getReader();
  let come = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    come += part.value.length;
    tell(Math.min(1, come / size));
  }
  return readModel(JSON.parse(await new Blob(parts).text()) as ModelData);
}

/** Waits until the browser has shown what was changed. */
export function showPicture(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
