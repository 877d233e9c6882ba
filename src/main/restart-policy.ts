/** When a process that died is started again: soon at first, then later, and not at all when it keeps dying. */
export type Restart = { kind: 'retry'; retryMs: number } | { kind: 'stop' };

const WINDOW_MS = 60_000;
const DELAYS_MS = [200, 1_000, 5_000, 5_000];

/** `crashes`: when it died, oldest first, the last one included; milliseconds of any one clock. */
export function nextRestart(crashes: readonly number[]): Restart {
  const last = crashes.at(-1) ?? 0;
  const recent = crashes.filter((at) => last - at < WINDOW_MS).length;
  const retryMs = DELAYS_MS[Math.max(0, recent - 1)];
  return retryMs === undefined ? { kind: 'stop' } : { kind: 'retry', retryMs };
}
