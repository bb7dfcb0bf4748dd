import type { Former, Recall, Told } from "../answers";
import type { LearnersRecord } from "./record";
import type { Kept, What } from "./event";
import { readMoment } from "./wall";
import { readNames } from "./names";
import { isKept, nameKept } from "./replay";
import { readState } from "./state";
import { announceTrouble, openWatchedRecord } from "./trouble";

type Tellings = { [Name in keyof Told]: { readonly type: Name; readonly detail: Told[Name] } };
/** What a widget told: one of the events of answers.ts. */
export type Telling = Tellings[keyof Told];
type Noted = Exclude<Telling, { readonly type: "tb-recall" }>;

/** Of each item the event with what stands in it now, as this page knows. */
let kept: Promise<Map<string, string>> | undefined;
/** One after the other: what takes a former one's place has to know it. */
let doing: Promise<unknown> = Promise.resolve();
let last = 0;

/** Notes in the learner's record what a widget told, or tells it what stood there before. An answer waits for nothing: its learner may leave at once. */
export function hear(telling: Telling): Promise<unknown> {
  const at = tick();
  const noted = telling.type === "tb-answer" ? openWatchedRecord().then((record) => note(record, telling, at)) : undefined;
  return (doing = doing.then(() => (noted ? noted.then((record) => clear(record, telling.detail.item)) : act(telling, at))).catch(() => undefined));
}

/** The time, later each time: events of one millisecond have no order (replay.ts), and what is kept after an answer would go with what was there before it. */
function tick(): Date {
  last = Math.max(Date.now(), last + 1);
  return new Date(last);
}

async function act(telling: Telling, at: Date): Promise<void> {
  const record = await openWatchedRecord();
  if (telling.type === "tb-recall") return telling.detail.take(await recall(record, telling.detail));
  const what = nameWhat(telling);
  if (isKept(what)) await keep(record, telling.detail.item, what, at);
  else await note(record, telling, at);
  if (what.is === "afresh") await clear(record, telling.detail.item);
  if (telling.type === "tb-keep") telling.detail.told?.(!record.trouble);
}

async function note(record: LearnersRecord, telling: Noted, at: Date): Promise<LearnersRecord> {
  await record.note(telling.detail.item, nameWhat(telling), [], at);
  announceTrouble(record);
  return record;
}

function nameWhat({ type, detail }: Noted): What {
  if (type === "tb-grade") return { is: "grade", grade: detail.grade };
  if (type === "tb-rate") return { is: "rate", met: detail.met, of: detail.of };
  if (type === "tb-afresh") return { is: "afresh" };
  if (type === "tb-keep") return { is: detail.is, key: detail.key, value: detail.value, held: detail.held };
  const { right, key, value } = detail;
  return key === undefined || value === undefined ? { is: "answer", right } : { is: "answer", right, key, value };
}

/** What stood in a question goes once it is answered. */
async function clear(record: LearnersRecord, item: string): Promise<void> {
  const now = await readKept(record);
  const former = now.get(item);
  now.delete(item);
  if (former !== undefined) await record.drop([former]);
}

function readKept(record: LearnersRecord): Promise<Map<string, string>> {
  return (kept ??= readState(record).then((state) => state.kept));
}

/** Each takes the place of the one before. Own words that are taken out leave nothing of any that were there. */
async function keep(record: LearnersRecord, item: string, what: Kept, at: Date): Promise<void> {
  const now = await readKept(record);
  const name = nameKept(item, what);
  const former = now.get(name);
  if (former === undefined && what.value === "") return;
  const leaving = what.is === "draft" && what.value === "" ? await findDrafts(record, item) : [];
  const event = await record.note(item, what, former === undefined ? leaving : [...leaving, former], at);
  announceTrouble(record);
  now.set(name, event.id);
}

async function findDrafts(record: LearnersRecord, item: string): Promise<string[]> {
  const [events, { rename }] = await Promise.all([record.readAll(), readNames()]);
  return events.filter((event) => event.what.is === "draft" && rename(event.item) === item).map(({ id }) => id);
}

let read: ReturnType<typeof readState> | undefined;

/** What stands in an item, else what was answered last; nothing where neither is known. */
async function recall(record: LearnersRecord, { item, key, of }: Recall): Promise<Former | undefined> {
  const state = await (read ??= readState(record));
  kept ??= Promise.resolve(state.kept);
  const id = state.kept.get(nameKept(item, { is: of ?? "choice" }));
  const event = id === undefined ? undefined : await record.find(id);
  if (event && isKept(event.what)) {
    const { what, at } = event;
    return what.value === "" ? undefined : { value: what.value, at: readMoment(at), held: what.held, isJudged: false, isSame: what.key === key };
  }
  const answer = of ? undefined : state.answers.get(item);
  return answer?.key && answer.first !== undefined ? { value: answer.value, at: answer.at, held: true, isJudged: true, isSame: answer.key === key } : undefined;
}
