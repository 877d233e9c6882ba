/** Why a part of the output should be checked, in words. */
import type { Flag } from '../../shared/inference/flags';
import { t } from '../i18n/i18n';

const FLAG_MEANINGS = {
  glossary: 'shell.flagGlossary',
  numbers: 'shell.flagNumbers',
  repeats: 'shell.flagRepeats',
  untranslated: 'shell.flagUntranslated',
  short: 'shell.flagShort',
  length: 'shell.flagLength',
  loop: 'shell.flagLoop',
  codes: 'shell.flagCodes',
  empty: 'shell.flagEmpty',
} as const;

export const flagMeaning = (reason: Flag['reason']): string => t(FLAG_MEANINGS[reason]);
