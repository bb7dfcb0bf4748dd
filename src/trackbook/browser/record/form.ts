/** Another form of the database gets another number; `upgrade` in database.ts leads there from every former one. */
export const VERSION = 1;

/** Another form of state gets another number: what was worked out in the former one is then worked out anew. */
export const FORM = 3;
