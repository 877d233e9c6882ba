import { type DocumentTimes } from '../../shared/document';
import { StageSwatch } from '../components/StageBar';
import { t } from '../i18n/i18n';
import { formatMs } from '../translate/timeline';
import { timeSpans } from './time-spans';
import styles from './JobTimes.module.css';

interface JobTimesProps {
  times: DocumentTimes;
  /** Milliseconds that went by. */
  translateMs: number;
  name: string;
}

/** Where the time of a finished job went, in one quiet line. */
export function JobTimes({ times, translateMs, name }: JobTimesProps) {
  const spans = timeSpans(times, translateMs);
  if (spans.length === 0) return null;
  return (
    <dl className={styles.times} aria-label={t('documents.timesOf', { name })}>
      {spans.map(({ stage, words, meaning, ms }) => (
        <div key={words} title={meaning}>
          <dt>
            <StageSwatch stage={stage} />
            {words}
          </dt>
          <dd>{formatMs(ms)}</dd>
        </div>
      ))}
    </dl>
  );
}
