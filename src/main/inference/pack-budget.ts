/** Which open packs make room for others. Pure. */

/** An open pack, or one that is being opened. */
export interface Resident {
  readonly memoryBytes: number;
  /** Requests that use it now. */
  readonly users: number;
  /** Counts up: the larger, the later. */
  readonly lastUse: number;
}

/** The least recently used packs that must close so that the others fit; none in use, and never the one that was used last. */
export function packsToClose<P extends Resident>(packs: readonly P[], budgetBytes: number): P[] {
  let bytes = packs.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  const closing: P[] = [];
  for (const pack of packs.toSorted((a, b) => a.lastUse - b.lastUse).slice(0, -1)) {
    if (bytes <= budgetBytes) break;
    if (pack.users > 0) continue;
    closing.push(pack);
    bytes -= pack.memoryBytes;
  }
  return closing;
}
