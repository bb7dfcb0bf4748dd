/** Fetches JSON of `bytes` in all; `tell` hears what part has come, 0 to 1. Rejects when it does not come whole. */
export async function loadJson<Content>(address: string, bytes: number, signal: AbortSignal, tell: (part: number) => void): Promise<Content> {
  const response = await fetch(address, { signal });
  if (!response.ok || !response.body) throw new Error(`${response.status}`);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body.getReader();
  let come = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    come += part.value.length;
    tell(Math.min(1, come / bytes));
  }
  return JSON.parse(await new Blob(parts).text()) as Content;
}
