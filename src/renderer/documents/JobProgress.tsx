import { type JobState } from '../../shared/document';
import { ProgressBar } from '../components/ProgressBar';
import { t } from '../i18n/i18n';
import { progressWords } from './words';
import styles from './JobProgress.module.css';

/** A thin line; its room is kept while there is nothing to show, so that rows do not jump. */
export function JobProgress({ state, name }: { state: JobState; name: string }) {
  const progress = progressOf(state);
  if (progress === null) return <div className={styles.track} data-kind={state.kind === 'reading' ? 'busy' : 'none'} />;
  return (
    <ProgressBar
      className={styles.track}
      data-kind={state.kind === 'translating' || state.kind === 'writing' ? 'on' : 'off'}
      label={t('documents.progressOf', { name })}
      done={progress.done}
      all={progress.segments}
      aria-valuetext={progressWords(progress)}
    />
  );
}

function progressOf(state: JobState): { done: number; segments: number } | null {
  if (state.kind === 'translating') return state;
  return state.kind === 'paused' || state.kind === 'failed' ? state.progress : null;
}
