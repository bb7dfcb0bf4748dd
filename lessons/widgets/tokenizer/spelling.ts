/** How a token is shown: as text where its bytes are whole characters that one can see, else byte by byte. As __init__.py. */
// Controls, joiners and other signs that leave no mark, and marks that would sit on the token before.
const UNSEEN = /[\x00-\x1f\x7f-\xa0\xad\u0300-\u036f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc]/;
const FIRST = /([A-Za-z\u00c0-\u024f\u0370-\u052f])|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]/;

export interface Spelling {
  readonly shown: string;
  readonly isText: boolean;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function spell(token: readonly number[]): Spelling {
  let text = "";
  try {
    text = decoder.decode(new Uint8Array(token));
  } catch {
    // Part of a character: its bytes are shown.
  }
  return text && !UNSEEN.test(text) ? { shown: text, isText: true } : { shown: writeHex(token), isText: false };
}

export function writeHex(token: readonly number[]): string {
  return token.map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");
}

/** Where the first letter begins to be read from. */
export function findDirection(text: string): "ltr" | "rtl" {
  const first = FIRST.exec(text);
  return first && !first[1] ? "rtl" : "ltr";
}
