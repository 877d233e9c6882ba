import type { Stage, StageTimings } from '../../shared/inference/timings';
import { t } from '../i18n/i18n';
import { formatMs, stageMeaning, stageName, stageSpans } from '../translate/timeline';
import styles from './StageBar.module.css';

interface StageBarProps {
  timings: StageTimings;
  /** What the whole track stands for. */
  scaleMs: number;
  /** Where the bar begins on the track. */
  startMs?: number;
}

/** The stages of one run, each as wide as its time, laid on a track; what no stage accounts for stays grey. */
export function StageBar({ timings, scaleMs, startMs = 0 }: StageBarProps) {
  const share = (ms: number) => `${Math.min(100, (100 * ms) / scaleMs)}%`;
  return (
    <div className={styles.bar} style={{ width: share(timings.totalMs), left: share(startMs) }}>
      {timings.totalMs > 0 &&
        stageSpans(timings).map(({ stage, ms }) =>
          ms > 0 ? (
            <div
              key={stage}
              className={`${styles.span} ${styles[stage]}`}
              style={{ width: `${(100 * ms) / timings.totalMs}%` }}
              title={t('translate.stageTime', { stage: stageName(stage), time: formatMs(ms), meaning: stageMeaning(stage) })}
            >
              <span className={styles.name}>
                <span>{stageName(stage)}</span>
              </span>
            </div>
          ) : null,
        )}
    </div>
  );
}

/** A stage's hue and pattern in a legend. */
export function StageSwatch({ stage }: { stage: Stage | 'other' }) {
  return <span className={`${styles.swatch} ${styles[stage]}`} aria-hidden="true" />;
}
