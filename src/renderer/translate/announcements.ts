/** What a screen reader is told while text streams: whole sentences, or for long text how far it is. Pure. */
import { engineErrorWords } from '../engine/engine-error-words';
import { isRunning, type Generation } from '../generation';
import { textLength, wholeText } from '../growing-text';
import { t } from '../i18n/i18n';

/** Longer output is announced by progress only. */
const SPOKEN_LIMIT = 5_000;
const SENTENCE_END = /[.!?…。！？]["'»”)\]]*\s|\n/g;

export interface Spoken {
  /** Text announced so far. */
  text: string;
  /** Quarters of a long text announced so far. */
  quarters: number;
}

export const NOTHING_SPOKEN: Spoken = { text: '', quarters: 0 };

export function announceNext(spoken: Spoken, generation: Generation): { spoken: Spoken; say: string | null } {
  const { phase, segment, segments } = generation;
  if (phase === 'cancelled') return { spoken, say: t('translate.saidCancelled') };
  if (phase === 'failed') return { spoken, say: generation.error && engineErrorWords(generation.error) };
  if (generation.input.text.length > SPOKEN_LIMIT || textLength(generation.output) > SPOKEN_LIMIT) {
    if (phase === 'done') return { spoken: { ...spoken, quarters: 4 }, say: spoken.quarters === 4 ? null : t('translate.saidFinished') };
    const quarters = segments === null ? 0 : Math.floor((4 * segment) / segments);
    return quarters > spoken.quarters
      ? { spoken: { ...spoken, quarters }, say: t('translate.saidPercent', { percent: quarters * 25 }) }
      : { spoken, say: null };
  }
  const text = wholeText(generation.output);
  const finished = isRunning(generation) ? text.slice(0, sentencesEnd(text)) : text;
  // Live translation begins again with every keystroke; a beginning that was heard is not said twice.
  const heard = finished.startsWith(spoken.text)
    ? spoken.text.length
    : spoken.text.startsWith(finished) && isRunning(generation)
      ? finished.length
      : 0;
  const say = finished.slice(heard).trim();
  return say === '' ? { spoken, say: null } : { spoken: { ...spoken, text: finished }, say };
}

function sentencesEnd(text: string): number {
  let end = 0;
  for (const match of text.matchAll(SENTENCE_END)) end = match.index + match[0].length;
  return end;
}
