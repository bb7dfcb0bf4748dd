import { type Answer, ask, type Source } from "./ask";
import { loadNames } from "./names";
import { type Index, isForAuthors, loadIndex, type Result } from "./page-index";
import { loadVocabulary, type Vocabulary } from "./words";

const AT_ONCE = 10;

/** An answer with its first results. Where nothing was found, these are from what may have been meant. */
export interface Reply {
  readonly answer: Answer;
  readonly source: Source;
  readonly near: Answer | undefined;
  readonly first: readonly Result[];
}

/** The index, and the words of all names; each is loaded when it is first wanted. */
export class Sources {
  #index: Promise<Index> | undefined;
  #vocabulary: Promise<Vocabulary | undefined> | undefined;

  /** A failed load is tried again at the next query. */
  loadIndex(): Promise<Index> {
    this.#index ??= loadIndex();
    this.#index.catch(() => (this.#index = undefined));
    return this.#index;
  }

  /** Where the index can't be had, the names of what is at hand answer. Undefined where there is nothing to search yet. Rejects where nothing answers. */
  async ask(query: string, literally: boolean): Promise<Reply | undefined> {
    const loading = this.loadIndex();
    loading.catch(() => undefined);
    const vocabulary = await this.#loadVocabulary();
    try {
      const index = await loading;
      return index.state === "none" ? undefined : await reply(query, index, vocabulary, literally);
    } catch (error) {
      const names = vocabulary && (await loadNames(vocabulary));
      if (!names?.tracks.length) throw error;
      return reply(query, names, vocabulary, literally);
    }
  }

  /** Pages for authors have an index of their own, and no names. */
  #loadVocabulary(): Promise<Vocabulary | undefined> {
    if (isForAuthors()) return Promise.resolve(undefined);
    this.#vocabulary ??= loadVocabulary().catch(() => (this.#vocabulary = undefined));
    return this.#vocabulary;
  }
}

async function reply(query: string, source: Source, vocabulary: Vocabulary | undefined, literally: boolean): Promise<Reply> {
  const answer = await ask(query, source, vocabulary, literally);
  const near = answer.found.count || !answer.meant ? undefined : await ask(answer.meant, source, vocabulary, true);
  return { answer, source, near, first: await (near ?? answer).found.load(0, AT_ONCE) };
}

/** Results after those that are shown. */
export function loadMore({ answer }: Reply, shown: number): Promise<readonly Result[]> {
  return answer.found.load(shown, shown + AT_ONCE);
}
