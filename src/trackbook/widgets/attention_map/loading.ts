import { Weights } from "./weights";

/** All heads of the sentences. `tell` hears how large a part has come, of so many bytes; rejects when they don't come. */
export async function loadHeads(address: string, bytes: number, count: number, signal: AbortSignal, tell: (part: number) => void): Promise<Weights[]> {
  const answer = await fetch(address, { signal });
  if (!answer.ok || !answer.body) throw new Error(`${answer.status}`);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let come = 0;
  const reader = answer.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value);
    come += read.value.length;
    tell(Math.min(1, come / bytes));
  }
  const packed = JSON.parse(await new Blob(parts).text()) as string[];
  return packed.map((one) => new Weights(one, count));
}
