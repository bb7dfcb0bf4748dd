import type { Answer, Grade, Rating } from "../answers";
import type { What } from "./event";
import { announceTrouble, openWatchedRecord } from "./trouble";

/** Notes in the learner's record what widgets tell. */
export function noteAnswers(): void {
  document.addEventListener("tb-answer", ({ detail }: CustomEvent<Answer>) => void note(detail.item, { is: "answer", right: detail.right }));
  document.addEventListener("tb-grade", ({ detail }: CustomEvent<Grade>) => void note(detail.item, { is: "grade", grade: detail.grade }));
  document.addEventListener("tb-rate", ({ detail }: CustomEvent<Rating>) => void note(detail.item, { is: "rate", met: detail.met, of: detail.of }));
}

async function note(item: string, what: What): Promise<void> {
  const record = await openWatchedRecord();
  await record.note(item, what);
  announceTrouble(record);
}
