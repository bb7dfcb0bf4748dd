/** The number that a learner typed, as the page's language reads it; nothing if it is none. */
export function readNumber(text: string): number | undefined {
  return readNumbers(text)[0];
}

/**
 * All that a text can mean as a number, the likeliest in the page's language first: "1,024" is a thousand and more to some, and
 * hardly more than one to others. Spaces, any minus sign and the unit at its end are let pass.
 */
export function readNumbers(text: string, unit = ""): number[] {
  let bare = text.trim().replace(/[\u2212\u2013\u2012\uFE63\uFF0D]/g, "-").replace(/^\+/, "");
  if (unit && bare.toLowerCase().endsWith(unit.toLowerCase())) bare = bare.slice(0, -unit.length);
  bare = bare.replace(/[\s'’\u2066-\u2069\u200E\u200F]/g, "");
  const isPlain = /^-?(?:\d+[.,]?\d*|[.,]\d+)$/.test(bare);
  const plain = isPlain ? [Number(bare.replace(",", "."))] : [];
  const sign = /^-?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/.exec(bare)?.[1];
  if (sign === undefined) return plain;
  const grouped = [Number(bare.replaceAll(sign, "").replace(",", "."))];
  const isDecimal = (1.5).toLocaleString(document.documentElement.lang || "en").includes(sign);
  return isDecimal ? [...plain, ...grouped] : [...grouped, ...plain];
}

/** The number as the page's language writes it, with so many decimals. */
export function writeNumber(number: number, decimals = 0): string {
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return number.toLocaleString(document.documentElement.lang || "en", options);
}
