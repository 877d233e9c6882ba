import { STAGES } from '../../shared/inference';
import { StageBar, StageSwatch } from '../components/StageBar';
import { useFrameTime } from '../frame-time';
import { isRunning, NO_TIMINGS, type Generation } from '../generation';
import { plural } from '../counts';
import styles from './StageTimeline.module.css';
import {
  compareLanes,
  describeComparison,
  formatMs,
  scaleFor,
  STAGE_MEANINGS,
  STAGE_NAMES,
  stageSpans,
  timingsNow,
  tokensPerSecond,
  unaccountedMs,
  type Measurement,
} from './timeline';

interface StageTimelineProps {
  generation: Generation | null;
  /** When the newest event arrived, by `performance.now`. */
  eventAtMs: number;
  measurements: readonly Measurement[];
}

/** Time of no stage is named from this part of the total. */
const OTHER_SHARE = 0.03;
/** A label inside the track needs about this much of it. */
const LABEL_SHARE = 0.13;

/** Where the time of this translation goes: one bar to scale, growing as it happens, the LLM's known time behind it. */
export function StageTimeline({ generation, eventAtMs, measurements }: StageTimelineProps) {
  const running = generation !== null && isRunning(generation);
  const isMeasured = generation !== null && generation.timings.totalMs > 0;
  const now = useFrameTime(running);
  const timings =
    generation === null ? NO_TIMINGS : running ? timingsNow(generation.timings, generation.stage, now - eventAtMs) : generation.timings;
  const spans = stageSpans(timings);
  const otherMs = unaccountedMs(timings);
  const comparison = generation === null ? null : compareLanes(generation, measurements);
  const ghostMs = comparison?.lane === 'llm' ? comparison.ms : 0;
  const scaleMs = scaleFor(Math.max(timings.totalMs, ghostMs));
  const share = (ms: number) => `${Math.min(100, (100 * ms) / scaleMs)}%`;
  const speed = generation === null ? null : tokensPerSecond(generation.tokens, timings);
  const reused = generation?.reusedEncodings ?? 0;
  const oneSegment = generation?.segments === 1;
  const verdict = comparison === null ? null : describeComparison(comparison);

  return (
    <section className={styles.timeline} aria-label="Time by stage" data-phase={generation?.phase ?? 'empty'}>
      <div className={styles.line}>
        <div className={styles.track}>
          {ghostMs > 0 && (
            <div
              className={styles.ghost}
              style={{ width: share(ghostMs) }}
              title={`LLM: ${formatMs(ghostMs)} for this text`}
              data-testid="ghost"
            >
              {ghostMs - timings.totalMs > LABEL_SHARE * scaleMs && <span>LLM {formatMs(ghostMs)}</span>}
            </div>
          )}
          <StageBar timings={timings} scaleMs={scaleMs} />
          {timings.firstTokenMs !== null && oneSegment && (
            <div
              className={styles.firstToken}
              style={{ left: share(timings.firstTokenMs) }}
              title={`First token: ${formatMs(timings.firstTokenMs)}`}
            />
          )}
          <span className={styles.scale} aria-hidden="true">
            {isMeasured && Math.max(timings.totalMs, ghostMs) < (1 - LABEL_SHARE) * scaleMs && formatMs(scaleMs)}
          </span>
        </div>
        <output className={styles.total} aria-label="Total" aria-live="off">
          {isMeasured && formatMs(timings.totalMs)}
        </output>
      </div>
      <dl className={styles.legend}>
        {STAGES.map((stage, index) => (
          <div key={stage} className={styles.entry} data-now={running && generation.stage === stage} title={STAGE_MEANINGS[stage]}>
            <dt>
              <StageSwatch stage={stage} />
              {STAGE_NAMES[stage]}
            </dt>
            <dd>
              {isMeasured &&
                (stage === 'encode' && reused > 0 && reused === generation.segments ? 'reused' : formatMs(spans[index]?.ms ?? 0))}
            </dd>
          </div>
        ))}
        {isMeasured && otherMs > OTHER_SHARE * timings.totalMs && (
          <div className={styles.entry} title="Between stages: waiting, handing text over.">
            <dt>
              <StageSwatch stage="other" />
              Other
            </dt>
            <dd>{formatMs(otherMs)}</dd>
          </div>
        )}
      </dl>
      <p className={styles.summary}>
        {!isMeasured ? (
          <span>Each stage is timed as it runs.</span>
        ) : (
          <>
            <span>{plural(generation.tokens, 'token')}</span>
            {speed !== null && <span>{Math.round(speed).toLocaleString('en')} tokens/s</span>}
            {timings.firstTokenMs !== null && (
              <span className={oneSegment ? styles.marked : undefined}>first token {formatMs(timings.firstTokenMs)}</span>
            )}
            {reused > 0 && (
              <span title="The large model had read this text before; what it understood was kept and used again.">
                {generation.segments === reused
                  ? 'encoding reused'
                  : `encoding reused for ${reused} of ${plural(generation.segments ?? 0, 'segment')}`}
              </span>
            )}
            {verdict !== null && (
              <strong
                className={styles.verdict}
                title="Same text, measured in this session on this machine. The time to encode is counted the same for both."
              >
                {verdict}
              </strong>
            )}
          </>
        )}
      </p>
    </section>
  );
}
