/** What is shown of the times of a job: pure. */
import { type DocumentTimes } from '../../shared/document';
import { STAGES, type Stage } from '../../shared/inference/timings';
import { t } from '../i18n/i18n';
import { stageMeaning, stageName } from '../translate/timeline';

export interface TimeSpan {
  stage: Stage | 'other';
  words: string;
  meaning: string | undefined;
  ms: number;
}

/** Less of the whole is not worth a word. */
const LEAST_SHARE = 0.01;

/**
 * In the order in which they come in a job; none where nothing was translated. Stages are summed over all engines: where that is more than
 * the time that went by, the sum comes first.
 */
export function timeSpans(times: DocumentTimes, translateMs: number): readonly TimeSpan[] {
  const other = (words: string, ms: number): TimeSpan => ({ stage: 'other', words, meaning: undefined, ms });
  const engine = STAGES.map((stage): TimeSpan => ({
    stage,
    words: stageName(stage),
    meaning: stageMeaning(stage),
    ms: times[`${stage}Ms`],
  }));
  if (engine.every(({ ms }) => ms === 0)) return [];
  const all = [
    other(t('documents.timeRead'), times.readMs),
    other(t('documents.timeLoad'), times.loadMs),
    ...engine,
    other(t('documents.timeWrite'), times.writeMs),
  ];
  const sum = all.reduce((total, { ms }) => total + ms, 0);
  const engineMs = sum - times.readMs - times.writeMs;
  return [
    ...(engineMs > translateMs ? [other(t('documents.timeTogether'), engineMs)] : []),
    ...all.filter(({ ms }) => ms >= LEAST_SHARE * sum),
  ];
}
