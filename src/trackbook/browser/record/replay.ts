import { RETENTION, type Kept, type RecordEvent, type What } from "./event";
import { readMoment, readWall } from "./wall";
import { foldMark, noMarks, type Marks } from "./marks";
import type { Memory, Schedule } from "./schedule";

export interface Place {
  readonly address: string;
  readonly title: string;
}

/**
 * An answer that was judged; without `key` and `value` it is from before these were kept. `at` is a moment. `first` says whether the
 * first try was right; where the question was begun afresh since, there is none.
 */
export interface Answered {
  readonly right: boolean;
  readonly first: boolean | undefined;
  readonly key: string;
  readonly value: string;
  readonly at: number;
}

/** All that follows from a record. Items and modules bear their names of today. */
export interface State {
  readonly memories: Map<string, Memory>;
  readonly answers: Map<string, Answered>;
  /** By `nameKept` the event with what stands in a question, where that is newer than its answer. What it says is in the event alone: so it can be deleted. */
  readonly kept: Map<string, string>;
  /** Each with the moment since which it is done. */
  readonly done: Map<string, number>;
  readonly chosen: Set<string>;
  readonly retention: number;
  readonly place: Place | undefined;
  /** The section where one last was in the lesson of each module: the id of its heading, "" for the beginning. */
  readonly places: Map<string, string>;
  readonly marks: Marks;
  /** The moment of the last event that counts, in milliseconds since 1970. */
  readonly latest: number;
  /** Events dated later than tomorrow: a clock was wrong. They count from that day on. */
  readonly waiting: number;
}

/** Modules: whether one is among them. */
export type Names = Pick<ReadonlySet<string>, "has">;

/** Gives the name of today for one that an item or a module had before. */
export type Rename = (item: string) => string;

/** Makes the schedule that grades are fed to; its code is large, and only those who have grades need it. */
export type MakeSchedule = (retention: number) => Schedule;

const DAY = 86_400_000;

interface Beginning {
  readonly state: State;
  readonly counted: readonly Timed[];
  readonly schedule: Schedule | undefined;
}

/** Works out the state from the events, in whatever order they come. `now` is in milliseconds since 1970. */
export function replay(events: readonly RecordEvent[], now: number, rename: Rename, makeSchedule?: MakeSchedule): State {
  const { state, counted, schedule } = begin(events, now, makeSchedule);
  return fold(state, counted, rename, schedule);
}

/** What a replay begins with, the events that it counts in their order, and the schedule for them: for `fold`, piece by piece. */
export function begin(events: readonly RecordEvent[], now: number, makeSchedule?: MakeSchedule): Beginning {
  return beginWith(order(events.map(time), now), events.length, makeSchedule);
}

/** The same where those that count are in order already, of so many in all. */
export function beginWith(ordered: readonly Timed[], all: number, makeSchedule?: MakeSchedule): Beginning {
  const undone = new Set<string>();
  for (const { event: { what } } of ordered) if (what.is === "undo") undone.add(what.event);
  const counted = ordered.filter(({ event }) => !undone.has(event.id));
  const retention = counted.reduce((value, { event: { what } }) => (what.is === "retention" ? what.value : value), RETENTION);
  const empty = {
    ...{ memories: new Map(), answers: new Map(), kept: new Map(), places: new Map(), done: new Map<string, number>() },
    ...{ chosen: new Set<string>(), marks: noMarks() },
  };
  const state: State = { ...empty, retention, place: undefined, latest: 0, waiting: all - ordered.length };
  return { state, counted, schedule: makeSchedule?.(retention) };
}

/** Goes on from a state that is the caller's to change; undefined where later events change what came before, or how it counts. */
export function goOn(state: State, events: readonly RecordEvent[], now: number, rename: Rename, makeSchedule?: MakeSchedule): State | undefined {
  const ordered = order(events.map(time), now);
  const reaches = ({ event: { what }, moment }: Timed): boolean => what.is === "undo" || what.is === "retention" || moment <= state.latest;
  const isAhead = state.latest > now + DAY;
  if (isAhead || state.waiting > 0 || ordered.length < events.length || ordered.some(reaches)) return undefined;
  return fold(state, ordered, rename, makeSchedule?.(state.retention));
}

export interface Timed {
  readonly event: RecordEvent;
  readonly moment: number;
}

export function time(event: RecordEvent): Timed {
  return { event, moment: readMoment(event.at) };
}

/** Those that count by now. Events of one moment are told apart by their ids: so every device puts them in the same order. */
function order(timed: readonly Timed[], now: number): Timed[] {
  return timed.filter((one) => counts(one, now)).sort(compare);
}

export function counts({ moment }: Timed, now: number): boolean {
  return moment <= now + DAY;
}

export function compare(one: Timed, other: Timed): number {
  return one.moment - other.moment || (one.event.id < other.event.id ? -1 : 1);
}

/** Goes on with a piece of the events; the maps and sets of the state are the caller's to change. */
export function fold(state: State, events: readonly Timed[], rename: Rename, schedule: Schedule | undefined): State {
  const { memories, answers, kept, done, chosen, places } = state;
  let place = state.place;
  for (const { event, moment } of events) {
    const [name, what] = [rename(event.item), event.what];
    if (what.is === "grade" && schedule) memories.set(name, schedule.review(memories.get(name), readWall(event.at), what.grade));
    else if (what.is === "answer") {
      const [former, key] = [answers.get(name), what.key ?? ""];
      const first = former?.key === key ? (former.first ?? what.right) : what.right;
      answers.set(name, { right: what.right, first, key, value: what.value ?? "", at: moment });
      kept.delete(name);
    } else if (what.is === "afresh") {
      const former = answers.get(name);
      if (former) answers.set(name, { ...former, first: undefined });
      kept.delete(name);
    } else if (isKept(what)) kept.set(nameKept(name, what), event.id);
    else if (what.is === "done") done.set(name, done.get(name) ?? moment);
    else if (what.is === "not-done") done.delete(name);
    else if (what.is === "choose") chosen.add(name);
    else if (what.is === "leave") chosen.delete(name);
    else if (what.is === "place") {
      place = { address: what.address, title: what.title };
      notePlace(places, what.address, rename);
    } else foldMark(state.marks, event, name);
  }
  return { ...state, place, latest: Math.max(state.latest, events.at(-1)?.moment ?? 0) };
}

export function isKept(what: What): what is Kept {
  return what.is === "choice" || what.is === "draft" || what.is === "ticks";
}

/** Ticks stand beside own words. */
export function nameKept(item: string, { is }: Pick<Kept, "is">): string {
  return is === "ticks" ? `${item} ticks` : item;
}

/** Who opens a lesson anew, and has not read on, was last where the former visit ended. */
function notePlace(places: Map<string, string>, address: string, rename: Rename): void {
  const [, module, section = ""] = /^(.+)\/lesson\/(?:#(.*))?$/.exec(address) ?? [];
  if (module === undefined) return;
  const name = rename(module);
  if (section || !places.has(name)) places.set(name, section);
}
