import { root } from "../site";
import type { Rename } from "./replay";

/** Former names with those of today, and a mark that changes with them. */
export interface Names {
  readonly mark: string;
  readonly rename: Rename;
}

interface NamesFile {
  readonly mark: string;
  readonly items: Readonly<Record<string, string>>;
  readonly modules: Readonly<Record<string, string>>;
}

/** Reads what the course says of former names. Without a network, and with nothing kept of the site, names are as they are. */
export async function readNames(): Promise<Names> {
  try {
    const response = await fetch(new URL("review/names.json", root));
    if (!response.ok) throw new Error(response.statusText);
    const file = (await response.json()) as NamesFile;
    const [items, modules] = [new Map(Object.entries(file.items)), new Map(Object.entries(file.modules))];
    return { mark: file.mark, rename: (item) => items.get(item) ?? renameMoved(item, items, modules) };
  } catch {
    return { mark: "", rename: (item) => item };
  }
}

function renameMoved(item: string, items: ReadonlyMap<string, string>, modules: ReadonlyMap<string, string>): string {
  const [module = "", id] = item.split("#");
  const today = modules.get(module) ?? module;
  const moved = id === undefined ? today : `${today}#${id}`;
  return items.get(moved) ?? moved;
}
