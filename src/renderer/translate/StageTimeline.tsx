import { STAGES } from '../../shared/inference/timings';
import { StageBar, StageSwatch } from '../components/StageBar';
import { useFrameTime } from '../frame-time';
import { isRunning, NO_TIMINGS, type Generation } from '../generation';
import { formatNumber, t } from '../i18n/i18n';
import { laneName } from './choice';
import styles from './StageTimeline.module.css';
import {
  describeComparison,
  formatMs,
  hasOther,
  scaleFor,
  stageMeaning,
  stageName,
  stageSpans,
  timingsNow,
  tokensPerSecond,
  unaccountedMs,
  type LaneComparison,
} from './timeline';

interface StageTimelineProps {
  generation: Pick<Generation, 'phase' | 'stage' | 'timings' | 'tokens' | 'segments' | 'reusedEncodings'> | null;
  /** When the newest event arrived, by `performance.now`. */
  eventAtMs: number;
  /** With another lane's time for the same text; null without one. */
  comparison: LaneComparison | null;
  /** What the second opinion on it took; null without one. */
  opinionMs: number | null;
}

/** A label inside the track needs about this much of it. */
const LABEL_SHARE = 0.13;

/** Where the time of what is written goes: one bar to scale, growing as it happens, the LLM's known time behind it. */
export function StageTimeline({ generation, eventAtMs, comparison, opinionMs }: StageTimelineProps) {
  const running = generation !== null && isRunning(generation);
  const isMeasured = generation !== null && generation.timings.totalMs > 0;
  const now = useFrameTime(running);
  const timings =
    generation === null ? NO_TIMINGS : running ? timingsNow(generation.timings, generation.stage, now - eventAtMs) : generation.timings;
  const spans = stageSpans(timings);
  const otherMs = unaccountedMs(timings);
  const ghostMs = comparison?.lane === 'llm' ? comparison.ms : 0;
  const scaleMs = scaleFor(Math.max(timings.totalMs, ghostMs));
  const share = (ms: number) => `${Math.min(100, (100 * ms) / scaleMs)}%`;
  const speed = generation === null ? null : tokensPerSecond(generation.tokens, timings);
  const reused = generation?.reusedEncodings ?? 0;
  const oneSegment = generation?.segments === 1;
  const verdict = comparison === null ? null : describeComparison(comparison);

  return (
    <section className={styles.timeline} aria-label={t('translate.timeByStage')} data-phase={generation?.phase ?? 'empty'}>
      <div className={styles.line}>
        <div className={styles.track}>
          {ghostMs > 0 && (
            <div
              className={styles.ghost}
              style={{ width: share(ghostMs) }}
              title={t('translate.ghost', { lane: laneName('llm'), time: formatMs(ghostMs) })}
              data-testid="ghost"
            >
              {ghostMs - timings.totalMs > LABEL_SHARE * scaleMs && (
                <span>{t('translate.laneTime', { lane: laneName('llm'), time: formatMs(ghostMs) })}</span>
              )}
            </div>
          )}
          <StageBar timings={timings} scaleMs={scaleMs} />
          {timings.firstTokenMs !== null && oneSegment && (
            <div
              className={styles.firstToken}
              style={{ left: share(timings.firstTokenMs) }}
              title={t('translate.firstToken', { time: formatMs(timings.firstTokenMs) })}
            />
          )}
          <span className={styles.scale} aria-hidden="true">
            {isMeasured && Math.max(timings.totalMs, ghostMs) < (1 - LABEL_SHARE) * scaleMs && formatMs(scaleMs)}
          </span>
        </div>
        <output className={styles.total} aria-label={t('translate.total')} aria-live="off">
          {isMeasured && formatMs(timings.totalMs)}
        </output>
      </div>
      <dl className={styles.legend}>
        {STAGES.map((stage, index) => (
          <div key={stage} className={styles.entry} data-now={running && generation.stage === stage} title={stageMeaning(stage)}>
            <dt>
              <StageSwatch stage={stage} />
              {stageName(stage)}
            </dt>
            <dd>
              {isMeasured &&
                (stage === 'encode' && reused > 0 && reused === generation.segments
                  ? t('translate.reused')
                  : formatMs(spans[index]?.ms ?? 0))}
            </dd>
          </div>
        ))}
        {isMeasured && hasOther(timings) && (
          <div className={styles.entry} title={t('translate.otherMeaning')}>
            <dt>
              <StageSwatch stage="other" />
              {t('translate.other')}
            </dt>
            <dd>{formatMs(otherMs)}</dd>
          </div>
        )}
      </dl>
      <p className={styles.summary}>
        {!isMeasured ? (
          <span>{t('translate.timedAsItRuns')}</span>
        ) : (
          <>
            <span>{t('shell.tokens', { count: generation.tokens })}</span>
            {speed !== null && <span>{t('translate.tokensPerSecond', { speed: formatNumber(speed) })}</span>}
            {timings.firstTokenMs !== null && (
              <span className={oneSegment ? styles.marked : undefined}>
                {t('translate.firstTokenShort', { time: formatMs(timings.firstTokenMs) })}
              </span>
            )}
            {reused > 0 && (
              <span title={t('translate.reusedMeaning')}>
                {generation.segments === reused
                  ? t('translate.encodingReused')
                  : t('translate.encodingReusedFor', { reused, count: generation.segments ?? 0 })}
              </span>
            )}
            {opinionMs !== null && (
              <span title={t('alternatives.opinionTimeMeaning')}>{t('alternatives.opinionTime', { time: formatMs(opinionMs) })}</span>
            )}
            {verdict !== null && (
              <strong className={styles.verdict} title={t('translate.verdictMeaning')}>
                {verdict}
              </strong>
            )}
          </>
        )}
      </p>
    </section>
  );
}
