/** Limits of what a mark holds, in signs. */
export const [LONGEST_QUOTE, LONGEST_NOTE, LONGEST_CONTEXT, LONGEST_NAME] = [2000, 5000, 64, 400];
