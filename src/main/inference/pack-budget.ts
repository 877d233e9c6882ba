/** Which open packs make room for others. Pure. */

/** An open pack, or one that is being opened. */
export interface Resident {
  readonly memoryBytes: number;
  /** Requests that use it now. */
  readonly users: number;
  /** Counts up: the larger, the later. */
  readonly lastUse: number;
}

/** The least recently used pack, where one must close so that the others fit; none in use, and never the one that was used last. */
export function packToClose<P extends Resident>(packs: readonly P[], budgetBytes: number): P | undefined {
  const bytes = packs.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  if (bytes <= budgetBytes) return undefined;
  return packs
    .toSorted((a, b) => a.lastUse - b.lastUse)
    .slice(0, -1)
    .find(({ users }) => users === 0);
}
