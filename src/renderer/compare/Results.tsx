import type { RequestLane } from '../../shared/inference/lanes';
import { STAGES, type StageTimings } from '../../shared/inference/timings';
import { StageBar, StageSwatch } from '../components/StageBar';
import { useFrameTime } from '../frame-time';
import { isRunning, NO_TIMINGS, type Generation } from '../generation';
import { formatList, formatNumber, t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import { formatMs, hasOther, scaleFor, stageMeaning, stageName, times, timingsNow, tokensPerSecond } from '../translate/timeline';
import { type Comparison } from './compare-run';
import { isCounted, sharedEncode, summarize, type LaneSummary } from './comparison';
import { readsEncoding } from './compared';
import { type Spread } from './spread';
import styles from './Results.module.css';

interface ResultsProps {
  comparison: Comparison;
  /** When the newest event arrived, by `performance.now`. */
  eventAtMs: number;
}

/** A lane as it is drawn: its counted rounds, or before there are any the run in its column. */
interface Measured {
  lane: RequestLane;
  summary: LaneSummary | null;
  /** Without the time to encode. */
  own: StageTimings;
  /** Where the lane's own work begins on the common scale: after the encoding that it uses. */
  startMs: number;
  totalMs: number;
  tokens: number;
  tokensPerSecond: number | null;
  firstTokenMs: number | null;
}

/** Where each lane's time goes, on one scale, and the numbers. The encoding that lanes share stands above them, once. */
export function Results({ comparison, eventAtMs }: ResultsProps) {
  const { choice, columns, runs, rounds } = comparison;
  const isLive = Object.values(columns).some(isRunning);
  const now = useFrameTime(isLive);
  const summaries = summarize(choice.lanes, runs);
  const timingsOf = (generation: Generation<unknown>) =>
    isRunning(generation) ? timingsNow(generation.timings, generation.stage, now - eventAtMs) : generation.timings;
  const encode = sharedEncode(runs);
  const encodeMs = encode?.median ?? Math.max(0, ...Object.values(columns).map((column) => timingsOf(column).encodeMs));
  const measured = choice.lanes.map((lane): Measured => {
    const summary = summaries.find((candidate) => candidate.lane === lane) ?? null;
    const generation = columns[lane];
    const timings = generation === undefined ? NO_TIMINGS : timingsOf(generation);
    const reads = summary?.readsEncoding ?? readsEncoding(choice, lane);
    const startMs = reads ? encodeMs : 0;
    // Medians do not add up: the bar ends at the median of the whole, as the number beside it does.
    const own =
      summary === null
        ? { ...timings, encodeMs: 0, totalMs: timings.totalMs - timings.encodeMs }
        : { ...summary.own, totalMs: Math.max(summary.own.totalMs, summary.total.median - startMs) };
    const tokens = summary?.tokens ?? generation?.tokens ?? 0;
    return {
      lane,
      summary,
      own,
      startMs,
      totalMs: summary?.total.median ?? (own.totalMs > 0 ? startMs + own.totalMs : 0),
      tokens,
      tokensPerSecond: summary?.tokensPerSecond?.median ?? tokensPerSecond(tokens, timings),
      firstTokenMs: summary?.firstToken?.median ?? null,
    };
  });
  const scaleMs = scaleFor(Math.max(encodeMs, ...measured.map(({ totalMs, summary }) => Math.max(totalMs, summary?.total.q3 ?? 0))));
  const sharers = measured.filter(({ startMs }) => startMs > 0).map(({ lane }) => laneName(lane));
  const warmUps = runs.filter((run) => !isCounted(run));
  const counted = Math.max(0, ...summaries.map((summary) => summary.rounds));

  return (
    <section className={styles.results} aria-label={t('compare.results')} data-state={comparison.phase}>
      {/* Reached by the keyboard where it is wider than the window. */}
      <div className={styles.scroller} tabIndex={0} role="group" aria-label={t('compare.tableOfResults')}>
        <table className={styles.table} data-rounds={rounds > 1 ? 'many' : 'one'}>
          <thead>
            <tr>
              <th scope="col">{t('shell.lane')}</th>
              <th scope="col" className={styles.bars}>
                {t('translate.timeByStage')}
                <span className={styles.scale}>{encodeMs > 0 && t('compare.scale', { time: formatMs(scaleMs) })}</span>
              </th>
              <th scope="col" title={t('compare.totalMeaning')}>
                {t('translate.total')}
              </th>
              <th scope="col" title={t('compare.firstTokenMeaning')}>
                {t('compare.firstToken')}
              </th>
              <th scope="col">{t('compare.tokens')}</th>
              <th scope="col" title={t('compare.tokensPerSecondMeaning')}>
                {t('compare.tokensPerSecond')}
              </th>
              <th scope="col" title={t('compare.encodeSparedMeaning')}>
                {t('compare.encodeSpared')}
              </th>
              <th scope="col" title={t('compare.speedMeaning')}>
                {t('compare.speed')}
              </th>
            </tr>
          </thead>
          <tbody>
            <tr className={styles.shared}>
              <th scope="row">{t('compare.shared')}</th>
              <td className={styles.bars}>
                <div className={styles.track}>
                  <StageBar timings={{ ...NO_TIMINGS, encodeMs, totalMs: encodeMs }} scaleMs={scaleMs} />
                </div>
              </td>
              <td className={styles.total}>{encodeMs > 0 && formatMs(encodeMs)}</td>
              <td colSpan={5} className={styles.note}>
                {encodeMs > 0 && t('compare.encodedOnce', { lanes: formatList(sharers) })}
              </td>
            </tr>
            {measured.map((row) => (
              <LaneRow key={row.lane} row={row} scaleMs={scaleMs} isReference={row.lane === choice.lanes[0]} />
            ))}
          </tbody>
        </table>
      </div>
      <ul className={styles.legend} aria-label={t('compare.stages')}>
        {STAGES.map((stage) => (
          <li key={stage} title={stageMeaning(stage)}>
            <StageSwatch stage={stage} />
            {stageName(stage)}
          </li>
        ))}
        {measured.some(({ own }) => hasOther(own)) && (
          <li title={t('translate.otherMeaning')}>
            <StageSwatch stage="other" />
            {t('translate.other')}
          </li>
        )}
      </ul>
      <p className={styles.notes}>
        {rounds > 1 && counted > 0 && <span>{t('compare.medians', { count: counted })}</span>}
        {warmUps.length > 0 && (
          <span>
            {t('compare.warmUpNotCounted', {
              times: warmUps.map(({ lane, timings }) => `${laneName(lane)} ${formatMs(timings.totalMs)}`).join(', '),
            })}
          </span>
        )}
        {rounds === 1 && comparison.phase === 'done' && <span>{t('compare.oneRoundEach')}</span>}
        {summaries.some(({ texts }) => texts > 1) && <span>{t('compare.textDiffered')}</span>}
      </p>
    </section>
  );
}

function LaneRow({ row, scaleMs, isReference }: { row: Measured; scaleMs: number; isReference: boolean }) {
  const { lane, summary, own, startMs, totalMs } = row;
  const share = (ms: number) => `${Math.min(100, (100 * ms) / scaleMs)}%`;
  const spread = summary !== null && summary.rounds > 1 ? summary.total : null;
  return (
    <tr>
      <th scope="row">{laneName(lane)}</th>
      <td className={styles.bars}>
        <div className={styles.track}>
          {startMs > 0 && own.totalMs > 0 && (
            <div
              className={styles.ghost}
              style={{ width: share(startMs) }}
              title={t('compare.encodeShared', { time: formatMs(startMs) })}
            />
          )}
          <StageBar timings={own} scaleMs={scaleMs} startMs={startMs} />
          {spread !== null && (
            <div
              className={styles.whisker}
              style={{ left: share(spread.q1), width: share(spread.q3 - spread.q1) }}
              title={t('compare.halfOfRounds', {
                range: rangeWords(spread, formatMs),
                fastest: formatMs(spread.min),
                slowest: formatMs(spread.max),
              })}
            />
          )}
        </div>
      </td>
      <td className={styles.total}>
        {totalMs > 0 && formatMs(totalMs)}
        {spread !== null && <small>{rangeWords(spread, formatMs)}</small>}
      </td>
      <td>
        {row.firstTokenMs !== null && formatMs(row.firstTokenMs)}
        {spread !== null && summary?.firstToken != null && <small>{rangeWords(summary.firstToken, formatMs)}</small>}
      </td>
      <td>{row.tokens > 0 && formatNumber(row.tokens)}</td>
      <td>
        {row.tokensPerSecond !== null && formatNumber(row.tokensPerSecond)}
        {spread !== null && summary?.tokensPerSecond != null && <small>{rangeWords(summary.tokensPerSecond, formatNumber)}</small>}
      </td>
      <td>{summary !== null && <Spared summary={summary} />}</td>
      <td>
        {summary !== null &&
          (isReference ? (
            <span className={styles.note}>{t('compare.reference')}</span>
          ) : (
            summary.faster !== null && <Speed faster={summary.faster} />
          ))}
      </td>
    </tr>
  );
}

function Spared({ summary: { sparedMs, sparedRounds, rounds, readsEncoding } }: { summary: LaneSummary }) {
  if (!readsEncoding) return <span className={styles.note}>{t('compare.notUsed')}</span>;
  if (sparedMs === null) return <span className={styles.note}>{t('compare.readIt')}</span>;
  return (
    <>
      {formatMs(sparedMs)}
      {rounds > 1 && <small>{t('compare.inRounds', { rounds: sparedRounds, all: rounds })}</small>}
    </>
  );
}

function Speed({ faster: { whole, perToken } }: { faster: NonNullable<LaneSummary['faster']> }) {
  return (
    <>
      <strong>{times(whole)}</strong>
      {perToken !== null && <small>{t('compare.perToken', { times: times(perToken) })}</small>}
    </>
  );
}

/** From the first to the third quartile, e.g. `95–104 ms`: a unit that both have stands once. */
function rangeWords({ q1, q3 }: Spread, format: (value: number) => string): string {
  const low = format(q1);
  const high = format(q3);
  const unit = /\s\D+$/.exec(high)?.[0] ?? '';
  return `${unit !== '' && low.endsWith(unit) ? low.slice(0, -unit.length) : low}–${high}`;
}
