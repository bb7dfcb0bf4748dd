import { readVocabulary, type Vocabulary } from "./encoding";
import { readRows, type Rows } from "./rows";

export interface Loaded {
  readonly vocabulary: Vocabulary;
  readonly rows?: Rows;
}

async function fetchFile<Content>(address: string): Promise<Content> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()) as Content;
}

async function load(vocabulary: string, vectors: string | undefined): Promise<Loaded> {
  const [{ merges }, table] = await Promise.all([
    fetchFile<{ merges: Vocabulary["merges"] }>(vocabulary),
    vectors === undefined ? undefined : fetchFile<{ width: number; rows: string }>(vectors),
  ]);
  return { vocabulary: readVocabulary(merges), ...(table && { rows: readRows(table.width, table.rows) }) };
}

/** Loads once, when first asked; after a failure the next one who asks tries again. */
export function makeLoader(vocabulary: string, vectors: string | undefined): () => Promise<Loaded> {
  let loaded: Promise<Loaded> | undefined;
  return () => (loaded ??= load(vocabulary, vectors).catch((reason: unknown) => {
    loaded = undefined;
    throw reason;
  }));
}
