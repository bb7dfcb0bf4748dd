/** What a learner set in a widget stands in the page's address under the widget's id, so that it can be shared. */
export function readState(id: string): string | undefined {
  return new URLSearchParams(location.search).get(id) ?? undefined;
}

/** Leaves all else in the address as it is; without a state, the widget is not in it. */
export function writeState(id: string, state: string | undefined): void {
  const address = new URL(location.href);
  if (state === undefined) address.searchParams.delete(id);
  else address.searchParams.set(id, state);
  if (address.href === location.href) return;
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // Some browsers refuse when it changes too often; the widget works without.
  }
}
