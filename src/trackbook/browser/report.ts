import { makeActions, makeButton } from "./controls";
import { openDialog } from "./dialog";
import { make, makeLink } from "./make";
import { say } from "./texts";

/** Signs of the chosen words, and of what a learner adds: longer addresses are cut or refused on their way. */
const [MOST_CHOSEN, MOST_WRITTEN] = [300, 600];

/** What is told of a mistake: the page, the place on it and the words that a learner chose there. */
interface Told {
  readonly page: string;
  readonly address: string;
  readonly place: string;
  readonly words: string;
}

/** Shows what will be told, and takes what the learner adds, beginning with `wrong`. Only the link in it leads away, with that and nothing else. */
export async function showReport(link: HTMLAnchorElement, chosen: Range | undefined, wrong = ""): Promise<void> {
  const told = look(link.dataset["title"] ?? document.title, chosen);
  const form = link.dataset["form"] ?? link.href;
  const isMail = form.startsWith("mailto:");
  const go = makeLink(link.href, say(isMail ? "report.go_mail" : "report.go"));
  go.className = "tb-button tb-main";
  go.rel = "noreferrer";
  const field = make("textarea");
  Object.assign(field, { id: "tb-report-wrong", rows: 3, maxLength: MOST_WRITTEN, value: wrong.slice(0, MOST_WRITTEN) });
  const label = make("label", "", say("report.wrong"));
  label.htmlFor = field.id;
  const fill = (): void => void (go.href = fillForm(form, told, field.value.trim()));
  field.addEventListener("input", fill);
  fill();
  const bound = new AbortController();
  const cancel = makeButton(say("report.cancel"), bound.signal, () => dialog.close());
  const about = make("p", "tb-aside", say(isMail ? "report.about_mail" : "report.about", { host: findHost(form) }));
  const dialog = await openDialog(say("report.title"), "tb-report-dialog", about, makeList(told), label, field, makeActions(go, cancel));
  go.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => bound.abort());
  field.focus();
}

function makeList({ page, address, place, words }: Told): HTMLElement {
  const rows = [[say("report.page"), page], ["", address], [say("report.place"), place], [say("report.words"), words && say("report.quote", { words })]] as const;
  const list = make("dl");
  for (const [name, value] of rows) {
    if (!value) continue;
    if (name) list.append(make("div", "", make("dt", "", name), make("dd", "", value)));
    else list.querySelector("dd:last-of-type")?.append(make("span", "tb-aside", value));
  }
  return list;
}

function look(page: string, chosen: Range | undefined): Told {
  const article = document.querySelector("article");
  const there = chosen && !chosen.collapsed && article?.contains(chosen.commonAncestorContainer) ? chosen : undefined;
  const heading = article && there && findHeading(article, there);
  const address = `${location.origin}${location.pathname}${heading?.id ? `#${encodeURIComponent(heading.id)}` : ""}`;
  const words = String(there ?? "").replace(/\s+/g, " ").trim();
  return { page, address, place: heading ? readHeading(heading) : "", words: shorten(words) };
}

/** The last heading above the words. */
function findHeading(article: Element, chosen: Range): HTMLElement | undefined {
  const headings = [...article.querySelectorAll<HTMLElement>(":is(h2, h3, h4)[id]")];
  return headings.filter((heading) => heading.compareDocumentPosition(chosen.startContainer) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY)).at(-1);
}

function readHeading(heading: HTMLElement): string {
  const copy = heading.cloneNode(true) as HTMLElement;
  for (const sign of copy.querySelectorAll(".headerlink")) sign.remove();
  return copy.textContent?.trim() ?? "";
}

function shorten(words: string): string {
  const signs = [...words];
  return signs.length > MOST_CHOSEN ? `${signs.slice(0, MOST_CHOSEN).join("")}…` : words;
}

function fillForm(form: string, { page, address, place, words }: Told, wrong: string): string {
  const lines = [`${say("report.page")}: ${page}`, address, place && `${say("report.place")}: ${place}`, words && `> ${words}`, wrong];
  // Mail wants CRLF (RFC 6068); forms take either.
  const text = lines.filter(Boolean).join("\r\n\r\n");
  const title = say("report.subject", { page });
  return form.replace("{title}", () => encodeURIComponent(title)).replace("{text}", () => encodeURIComponent(text));
}

function findHost(form: string): string {
  return URL.canParse(form) ? new URL(form).host : form;
}
