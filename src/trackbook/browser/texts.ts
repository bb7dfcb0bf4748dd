/** What scripts say, in the language of the page: the site puts those that its elements need into each page as `#tb-texts`. */
let texts: Readonly<Record<string, string>> | undefined;

function read(): Readonly<Record<string, string>> {
  const block = document.getElementById("tb-texts");
  texts ??= block ? (JSON.parse(block.textContent ?? "{}") as Record<string, string>) : {};
  return texts;
}

let rules: Intl.PluralRules | undefined;

/** Made once, since making it takes a browser longer than all its answers. */
function readForm(count: number): string {
  rules ??= new Intl.PluralRules(document.documentElement.lang || "en");
  return rules.select(count);
}

/** Returns the text of `key` with its `{fields}` filled in; where `count` is given, in the plural form it asks for. */
export function say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  return choose(read(), key, values);
}

/** The same, from texts of one's own. */
export function choose(all: Readonly<Record<string, string>>, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const count = values["count"];
  const form = typeof count === "number" ? readForm(count) : "";
  const text = all[`${key}.${form}`] ?? all[`${key}.other`] ?? all[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (field, name: string) => String(values[name] ?? field));
}
