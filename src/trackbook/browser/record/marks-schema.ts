import * as v from "valibot";
import { LONGEST_CONTEXT, LONGEST_NAME, LONGEST_NOTE, LONGEST_QUOTE } from "./marks-limits";

const text = (longest: number): v.GenericSchema<string> => v.pipe(v.string(), v.maxLength(longest));
const Mark = v.pipe(text(64), v.regex(/^[A-Za-z0-9-]+$/));
const Offset = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000));
const SECTION = { mark: Mark, title: text(LONGEST_NAME), section: text(LONGEST_NAME), heading: text(LONGEST_NAME) };
const Quote = v.strictObject({ exact: v.pipe(text(LONGEST_QUOTE), v.minLength(1)), prefix: text(LONGEST_CONTEXT), suffix: text(LONGEST_CONTEXT) });

/** What a file may hold of marks. */
export const MARKS = [
  v.strictObject({ is: v.literal("highlight"), ...SECTION, quote: Quote, position: v.strictObject({ start: Offset, end: Offset }) }),
  v.strictObject({ is: v.literal("bookmark"), ...SECTION }),
  v.strictObject({ is: v.literal("note"), mark: Mark, text: text(LONGEST_NOTE), private: v.literal(true) }),
  v.strictObject({ is: v.literal("remove"), mark: Mark }),
] as const;
