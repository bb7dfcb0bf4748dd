import type { Named } from "../answers";
import { copyAsk, sayAnswer } from "../asked";
import { sayDay } from "../days";
import { make, makeLink } from "../make";
import type { Answered, State } from "../record/replay";
import { root } from "../site";
import { say } from "../texts";

/** A question as the build wrote it, for this page. */
export interface Question {
  readonly item: Named["item"];
  readonly url: string;
  readonly html: string;
}

export interface Missed {
  readonly question: Question;
  readonly answer: Answered;
}

type QuestionsFile = Readonly<Record<string, Omit<Question, "item">>>;
const files = new Map<string, Promise<QuestionsFile | undefined>>();

/** The questions of `modules` that were not answered right when they were last answered, the latest first; `absent` of them can't be shown now. */
export async function findMissed({ answers }: State, modules: ReadonlySet<string>): Promise<{ missed: Missed[]; absent: number }> {
  const isAsked = (item: string): boolean => modules.has(item.split("#")[0] ?? "");
  const wrong = [...answers].filter(([item, { right }]) => !right && isAsked(item)).sort(([, one], [, other]) => other.at - one.at);
  const found = await Promise.all(wrong.map(async ([item, answer]) => ({ item, answer, file: await readFile(item) })));
  const missed = found.flatMap(({ item, answer, file }) => {
    const question = file?.[item];
    return question ? [{ question: { item, ...question }, answer }] : [];
  });
  return { missed, absent: found.filter(({ file }) => file === undefined).length };
}

/** Undefined without a network, where the item's track is not kept. A later call asks again. */
function readFile(item: string): Promise<QuestionsFile | undefined> {
  const [key = ""] = item.split("#");
  const reading = files.get(key) ?? fetchFile(key);
  files.set(key, reading);
  void reading.then((file) => file ?? files.delete(key));
  return reading;
}

async function fetchFile(key: string): Promise<QuestionsFile | undefined> {
  try {
    const response = await fetch(new URL(`review/questions/${key}.json`, root));
    return response.ok ? ((await response.json()) as QuestionsFile) : undefined;
  } catch {
    return undefined;
  }
}

/** The widget itself, as it stands on its own page. */
export function makeWidget({ html }: Question): HTMLElement | undefined {
  const template = make("template");
  template.innerHTML = html;
  return template.content.querySelector<HTMLElement>(".tb-widget") ?? undefined;
}

/** Each question with its lesson, what was answered and when, and the way to its place. */
export function listMissed(missed: readonly Missed[], nameLesson: (module: string) => string): HTMLElement {
  const rows = missed.flatMap(({ question, answer }) => {
    const quiz = makeWidget(question)?.querySelector<HTMLElement>("tb-quiz");
    if (!quiz) return [];
    const place = makeLink(new URL(question.url, root).href, say("progress.missed_place"));
    const ask = make("div", "", ...copyAsk(quiz));
    const [module = ""] = question.item.split("#");
    const said = [nameLesson(module), sayAnswer(quiz, answer), sayDay(answer.at)].filter(Boolean).join(" · ");
    return [make("li", "", ask, make("p", "tb-note", make("span", "", said), " ", place))];
  });
  return make("ul", "", ...rows);
}
