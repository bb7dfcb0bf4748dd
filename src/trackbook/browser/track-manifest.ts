/** What a track's manifest says, as the build writes it to `offline/<track>.json`. */
export interface TrackManifest {
  /** Changes whenever any file of the track does. */
  readonly version: string;
  readonly title: string;
  /** The day the track last changed, or null where no history tells. */
  readonly updated: string | null;
  readonly bytes: number;
  /** Each file's address below the site's root, with its SHA-256 and its size. */
  readonly files: Readonly<Record<string, readonly [hash: string, bytes: number]>>;
  /** How many large recordings and documents are left out, and how much they weigh together; missing where none are. */
  readonly without?: readonly [count: number, bytes: number];
}

export const OFFLINE_PAGE = "offline/";

export function locateManifest(root: string, track: string): string {
  return `${root}${OFFLINE_PAGE}${track}.json`;
}

/** The track whose manifest stands at the address below the root; nothing for other addresses. */
export function nameTrack(address: string): string | undefined {
  return /^offline\/([^/]+)\.json(\?|$)/.exec(address)?.[1];
}

/** Returns the manifest, or nothing when the value is anything else: a network's sign-in page, half a file. */
export function readManifest(value: unknown): TrackManifest | undefined {
  if (!isRecord(value) || !isRecord(value["files"])) return undefined;
  const files = Object.values(value["files"]);
  const whole =
    typeof value["version"] === "string" &&
    typeof value["title"] === "string" &&
    typeof value["bytes"] === "number" &&
    (value["updated"] === null || typeof value["updated"] === "string") &&
    files.length > 0 &&
    files.every((file) => Array.isArray(file) && /^[0-9a-f]{64}$/.test(String(file[0])) && typeof file[1] === "number");
  return whole ? (value as unknown as TrackManifest) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
