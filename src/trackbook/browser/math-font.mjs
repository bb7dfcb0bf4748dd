/** The characters and features kept of the math font: what lessons write, not all of Unicode's mathematics. */
import { readFile } from "node:fs/promises";
import subsetFont from "subset-font";

const RANGES = [
  [0x20, 0x7e], // ASCII
  [0xa0, 0xff], // Latin-1: ± × · ÷
  [0x300, 0x304], [0x307, 0x308], [0x20d7, 0x20d7], // accents over letters: hat, bar, dot, arrow
  [0x391, 0x3f6], // Greek
  [0x2010, 0x2026], [0x2032, 0x2034], [0x2061, 0x2064], // dashes, dots, primes, invisible operators
  [0x2100, 0x2135], // letterlike: ℝ ℓ ℎ ℒ
  [0x2190, 0x2199], [0x21a6, 0x21a6], [0x21d0, 0x21d4], // arrows
  [0x2200, 0x22a5], [0x22c5, 0x22c6], [0x22ee, 0x22f1], // operators
  [0x2308, 0x230b], [0x23b4, 0x23b5], [0x23dc, 0x23df], [0x27e8, 0x27e9], // brackets and braces that stretch
  [0x1d400, 0x1d467], // bold, italic
  [0x1d49c, 0x1d4b5], // script: TeX has capitals only
  [0x1d538, 0x1d551], // double-struck, likewise
  [0x1d6a4, 0x1d6da], [0x1d6fc, 0x1d714], // dotless, bold and italic Greek
  [0x1d7ce, 0x1d7d7], // bold digits
];

/** Returns the font as woff2 without what lessons never show. HarfBuzz keeps its MATH table and every size of a kept brace. */
export async function subsetMathFont(path) {
  const text = RANGES.map(([from, to]) =>
    String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, at) => from + at)),
  ).join("");
  return subsetFont(await readFile(path), text, { targetFormat: "woff2", noHinting: true, keepFeatures: ["ssty", "dtls", "flac", "kern"] });
}
