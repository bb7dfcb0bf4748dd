import { say } from "trackbook";
import { writeShare } from "./drawing";
import { nameCuts } from "./panels";
import type { Reading } from "./reading";
import type { State } from "./state";

/** What comes next, and with cuts, what they change. */
export function sayAnswer(reading: Reading, state: State): string {
  const [word, before] = reading.nextOfWhole;
  if (!reading.hasCuts) return say("tiny-gpt.next", { word, chance: writeShare(before) });
  const [other, chance] = reading.next;
  const cut = nameCuts(state, reading.words);
  const values = { cut, word, before: writeShare(before), after: writeShare(reading.chanceOf(word)), other, chance: writeShare(chance) };
  return say(other === word ? "tiny-gpt.stays" : "tiny-gpt.flips", values);
}
