/** The local log: what happened, never what anyone wrote. Rotated, so that it stays small. */
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LIMIT_BYTES = 1024 * 1024;
const KEPT_FILES = 3;
/** A line beyond this is cut: a native stack or a stray dump must not fill the file. */
const LINE_LIMIT = 2000;

/**
 * From the first quotation mark to the last, of any language of the interface: what a message quotes may be what someone wrote, with marks
 * of its own. Paths stand between single ones.
 */
const QUOTED = [/["“„«].*["“”»]/s, /(?<=\s)'.*'/s];

export type Level = 'info' | 'warn' | 'error';

export interface Log {
  /** In words of the app's own; warnings and errors are told without what they quote. */
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** Lines are rare, so they are written at once: the last one before a crash is the one that is needed. */
export function openLog(path: string, mirror: (line: string) => void = () => {}): Log {
  const write = (level: Level, line: string) => {
    const said = level === 'info' ? line : withoutQuotes(line);
    const text = `${new Date().toISOString()} ${level} ${said.replaceAll('\n', ' ⏎ ').slice(0, LINE_LIMIT)}`;
    mirror(text);
    try {
      // Anew for each line: a person may delete the log at any time.
      mkdirSync(dirname(path), { recursive: true });
      rotate(path);
      appendFileSync(path, `${text}\n`);
    } catch (error) {
      // A full or read-only disk must not take the app down; the mirror is what is left.
      mirror(`the log could not be written: ${describeError(error)}`);
    }
  };
  return {
    info: (line) => write('info', line),
    warn: (line) => write('warn', line),
    error: (line) => write('error', line),
  };
}

function rotate(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < LIMIT_BYTES) return;
  rmSync(`${path}.${KEPT_FILES}`, { force: true });
  for (let number = KEPT_FILES - 1; number >= 1; number--) moveIfThere(`${path}.${number}`, `${path}.${number + 1}`);
  renameSync(path, `${path}.1`);
}

function moveIfThere(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
}

/** What to log of something thrown: without what it quotes. */
export function describeError(error: unknown): string {
  return withoutQuotes(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

const withoutQuotes = (words: string): string => QUOTED.reduce((left, quoted) => left.replace(quoted, '“…”'), words);
