/** Flagged ranges of the output, cut to the piece of text that shows them. Pure. */
import { type Flag } from '../../shared/inference';
import { t } from '../i18n/i18n';

const FLAG_MEANINGS = {
  glossary: 'shell.flagGlossary',
  numbers: 'shell.flagNumbers',
  short: 'shell.flagShort',
  length: 'shell.flagLength',
  loop: 'shell.flagLoop',
  codes: 'shell.flagCodes',
  empty: 'shell.flagEmpty',
} as const;

export const flagMeaning = (reason: Flag['reason']): string => t(FLAG_MEANINGS[reason]);

export interface Run {
  text: string;
  /** Index into the flags; null for ordinary text. */
  flag: number | null;
}

/** `start` is where `text` begins in the whole output. Flags do not overlap and come in order. */
export function runsOf(text: string, start: number, flags: readonly Flag[]): Run[] {
  const runs: Run[] = [];
  const end = start + text.length;
  let at = start;
  flags.forEach((flag, index) => {
    const from = Math.max(flag.start, at);
    const to = Math.min(flag.end, end);
    if (from >= to) return;
    if (from > at) runs.push({ text: text.slice(at - start, from - start), flag: null });
    runs.push({ text: text.slice(from - start, to - start), flag: index });
    at = to;
  });
  if (at < end) runs.push({ text: text.slice(at - start), flag: null });
  return runs;
}
