/** So many signs of a choice, or of own words, are kept. */
export const [LONGEST_CHOICE, LONGEST_DRAFT] = [200, 10_000];
