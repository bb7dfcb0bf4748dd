/** The number that a learner typed, with a comma or a point and any kind of minus; nothing if it is none. */
export function readNumber(text: string): number | undefined {
  const plain = text.trim().replace(/\s/g, "").replace(/[−–]/g, "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}
