/** Words as short as these are named whole in an address; of longer ones, the first and the last so many. */
const WHOLE = 80;
const EDGE = 5;

/** The address of these words on this page, which leads a browser to them (text fragments, https://wicg.github.io/scroll-to-text-fragment/); one that doesn't know such addresses goes to the section. */
export function pointAt(words: Range, section: string): string {
  const text = words.toString().replace(/\s+/g, " ").trim();
  const pieces = text.split(" ");
  const named = text.length <= WHOLE || pieces.length <= 2 * EDGE ? [text] : [pieces.slice(0, EDGE).join(" "), pieces.slice(-EDGE).join(" ")];
  return `${location.origin}${location.pathname}${location.search}#${encodeURIComponent(section)}:~:text=${named.map(encode).join(",")}`;
}

/** A hyphen has a meaning of its own in such an address. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("-", "%2D");
}
