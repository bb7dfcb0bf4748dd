import { makeId } from "../leaving";
import type { LearnersRecord } from "../record/record";
import type { Bookmark, Highlight, Marks } from "../record/marks";
import { readState } from "../record/state";
import { announceTrouble, openWatchedRecord } from "../record/trouble";
import { say } from "../texts";
import type { Mark } from "./reading";

/** What of a mark its page knows: the lesson's title, the section, and the words. */
export type Place = Omit<Highlight, "is" | "mark"> | Omit<Bookmark, "is" | "mark">;

/** The learner's marks in the record: reads them, and adds, changes and removes them. */
export class Keeping {
  private constructor(readonly record: LearnersRecord) {}

  static async open(): Promise<Keeping> {
    return new Keeping(await openWatchedRecord());
  }

  async read(): Promise<Marks> {
    const { marks } = await readState(this.record);
    announceTrouble(this.record);
    return marks;
  }

  /** Returns the id of the new mark. */
  async add(module: string, place: Place): Promise<string> {
    const mark = makeId();
    await this.move({ id: mark, module }, place);
    return mark;
  }

  /** The mark is at this place from now on. */
  async move({ id: mark, module }: Pick<Mark, "id" | "module">, place: Place): Promise<void> {
    const what: Highlight | Bookmark = "quote" in place ? { is: "highlight", mark, ...place } : { is: "bookmark", mark, ...place };
    await this.record.note(module, what);
    announceTrouble(this.record);
  }

  /** What to say where something was to be kept: `done`, or why it is not. */
  say(done: string): string {
    const { trouble } = this.record;
    return trouble ? say(`record.${trouble}`) : done;
  }

  /** Says in words why the note is not kept; nothing while it is. What it said before is not kept any longer. */
  async write({ id: mark, module }: Pick<Mark, "id" | "module">, text: string): Promise<string> {
    const former = (await this.read()).notes.get(mark)?.events ?? [];
    await this.record.note(module, { is: "note", mark, text, private: true });
    const { trouble } = this.record;
    announceTrouble(this.record);
    if (!trouble) await this.record.drop(former);
    return trouble ? `${say("marks.unkept")} ${say(`record.${trouble}`)}` : "";
  }

  /** Takes it away with its note, whose words don't stay anywhere. */
  async remove({ id: mark, module }: Pick<Mark, "id" | "module">): Promise<void> {
    const written = (await this.read()).notes.get(mark)?.events ?? [];
    await this.record.note(module, { is: "remove", mark });
    await this.record.drop(written);
    announceTrouble(this.record);
  }
}
