export interface SubResult {
  readonly title: string;
  readonly url: string;
  readonly anchor?: object;
  readonly excerpt: string;
  readonly weighted_locations: readonly { readonly balanced_score: number }[];
}

export interface Fragment {
  readonly url: string;
  readonly content: string;
  readonly excerpt: string;
  readonly locations: readonly number[];
  readonly meta: Readonly<Record<string, string>>;
  readonly anchors: readonly { readonly id: string }[];
  readonly sub_results: readonly SubResult[];
}

/** What we use of https://pagefind.app, whose code stands beside the index that it made. */
export interface Pagefind {
  options(options: object): Promise<void>;
  init(): Promise<void>;
  mergeIndex(folder: string, options: object): Promise<void>;
  search(query: string): Promise<{ readonly results: readonly { readonly id: string; data(): Promise<Fragment> }[] }>;
}

export async function loadPagefind(folder: URL): Promise<Pagefind> {
  return (await import(new URL("pagefind.js", folder).href)) as Pagefind;
}
