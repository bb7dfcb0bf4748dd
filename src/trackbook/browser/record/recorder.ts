import type { Former, Recall } from "../answers";
import { leaveTold, type Left, type Telling } from "../leaving";
import type { LearnersRecord } from "./record";
import type { Kept } from "./event";
import { readMoment } from "./wall";
import { readNames } from "./names";
import { isKept, nameKept } from "./replay";
import { readState } from "./state";
import { announceTrouble, openWatchedRecord } from "./trouble";

/** Of each item the event with what stands in it now, as this page knows. */
let kept: Promise<Map<string, string>> | undefined;
/** One after the other: what takes a former one's place has to know it. */
let doing: Promise<unknown> = Promise.resolve();

/** Notes in the learner's record what a widget told and left, or tells it what stood there before. An answer waits for nothing: its learner may leave at once. */
export function hear(telling: Telling, left = leaveTold(telling)): Promise<unknown> {
  const noted = left && telling.type === "tb-answer" ? openWatchedRecord().then((record) => note(record, left)) : undefined;
  return (doing = doing.then(() => (noted ? noted.then((record) => clear(record, telling.detail.item)) : act(telling, left))).catch(() => undefined));
}

async function act(telling: Telling, left: Left | undefined): Promise<void> {
  const record = await openWatchedRecord();
  if (telling.type === "tb-recall") return telling.detail.take(await recall(record, telling.detail));
  if (!left) return;
  if (isKept(left.what)) await keep(record, left, left.what);
  else await note(record, left);
  if (left.what.is === "afresh") await clear(record, left.item);
  if (telling.type === "tb-keep") telling.detail.told?.(!record.trouble);
}

async function note(record: LearnersRecord, left: Left): Promise<LearnersRecord> {
  await record.keep(left);
  announceTrouble(record);
  return record;
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
async function keep(record: LearnersRecord, left: Left, what: Kept): Promise<void> {
  const { item } = left;
  const now = await readKept(record);
  const name = nameKept(item, what);
  const former = now.get(name);
  if (former === undefined && what.value === "") return;
  const leaving = what.is === "draft" && what.value === "" ? await findDrafts(record, item) : [];
  const event = await record.keep(left, former === undefined ? leaving : [...leaving, former]);
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
