/** How many processes translate documents side by side. */
import { availableParallelism, freemem, platform, totalmem } from 'node:os';

/** Beyond so many, the memory's speed decides more than the cores do. */
const MOST_PROCESSES = 8;
/** What a process takes besides its pack. */
const PROCESS_BYTES = 150_000_000;
/** Of all memory: macOS counts as used what it would give back, and tells of no other number. */
const FREE_SHARE_OF_MACOS = 1 / 4;

export interface Room {
  /** What the system lets this app use. */
  readonly cores: number;
  readonly freeBytes: number;
}

export const roomHere = (): Room => ({
  cores: availableParallelism(),
  freeBytes: platform() === 'darwin' ? totalmem() * FREE_SHARE_OF_MACOS : freemem(),
});

/** What an open pack takes, from the size of its files: weights are packed anew for a session (docs/adr/0008). */
export const openPackBytes = (fileBytes: number): number => 2 * fileBytes;

/**
 * `chosen` by a person, or null; `packBytes`: what the open pack takes in one process, `budgetBytes`: what it may take in all of them. 0 where
 * there is one core, or little memory: then another process would help nobody.
 */
export function processCount(chosen: number | null, { cores, freeBytes }: Room, packBytes: number, budgetBytes: number): number {
  if (chosen === null && cores === 1) return 0;
  const wanted = chosen ?? Math.min(cores, MOST_PROCESSES);
  const fit = Math.min(Math.floor(budgetBytes / packBytes), Math.floor(freeBytes / (packBytes + PROCESS_BYTES)));
  return Math.max(0, Math.min(wanted, fit));
}
