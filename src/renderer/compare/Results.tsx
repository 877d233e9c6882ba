import { lanesOf, STAGES, type RequestLane, type StageTimings } from '../../shared/inference';
import { StageBar, StageSwatch } from '../components/StageBar';
import { useFrameTime } from '../frame-time';
import { isRunning, NO_TIMINGS, type Generation } from '../generation';
import { LANE_NAMES } from '../translate/choice';
import { formatMs, scaleFor, STAGE_MEANINGS, STAGE_NAMES, times, timingsNow, tokensPerSecond } from '../translate/timeline';
import { type Comparison } from './compare-store';
import { isCounted, sharedEncode, summarize, type LaneSummary } from './comparison';
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
  const timingsOf = (generation: Generation) =>
    isRunning(generation) ? timingsNow(generation.timings, generation.stage, now - eventAtMs) : generation.timings;
  const encode = sharedEncode(runs);
  const encodeMs = encode?.median ?? Math.max(0, ...Object.values(columns).map((column) => timingsOf(column).encodeMs));
  const measured = choice.lanes.map((lane): Measured => {
    const summary = summaries.find((candidate) => candidate.lane === lane) ?? null;
    const generation = columns[lane];
    const timings = generation === undefined ? NO_TIMINGS : timingsOf(generation);
    const reads = summary?.readsEncoding ?? lanesOf(lane).some((part) => choice.pack.lanes[part]?.prefillFrom !== 'tokens');
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
  const sharers = measured.filter(({ startMs }) => startMs > 0).map(({ lane }) => LANE_NAMES[lane]);
  const warmUps = runs.filter((run) => !isCounted(run));
  const counted = Math.max(0, ...summaries.map((summary) => summary.rounds));

  return (
    <section className={styles.results} aria-label="Results" data-state={comparison.phase}>
      {/* Reached by the keyboard where it is wider than the window. */}
      <div className={styles.scroller} tabIndex={0} role="group" aria-label="Table of results">
        <table className={styles.table} data-rounds={rounds > 1 ? 'many' : 'one'}>
          <thead>
            <tr>
              <th scope="col">Lane</th>
              <th scope="col" className={styles.bars}>
                Time by stage
                <span className={styles.scale}>{encodeMs > 0 && `0 to ${formatMs(scaleMs)}`}</span>
              </th>
              <th scope="col" title="From the start of the work to its end, the shared encoding counted in.">
                Total
              </th>
              <th scope="col" title="From the start of the work to the first token, the shared encoding counted in.">
                First token
              </th>
              <th scope="col">Tokens</th>
              <th scope="col" title="While writing: encoding and preparing do not count.">
                Tokens/s
              </th>
              <th scope="col" title="What a lane did not spend on encoding, because another had done it before it in the same round.">
                Encode spared
              </th>
              <th scope="col" title="How many times as fast as the reference: the whole, and below it each token while writing.">
                Speed
              </th>
            </tr>
          </thead>
          <tbody>
            <tr className={styles.shared}>
              <th scope="row">Shared</th>
              <td className={styles.bars}>
                <div className={styles.track}>
                  <StageBar timings={{ ...NO_TIMINGS, encodeMs, totalMs: encodeMs }} scaleMs={scaleMs} />
                </div>
              </td>
              <td className={styles.total}>{encodeMs > 0 && formatMs(encodeMs)}</td>
              <td colSpan={5} className={styles.note}>
                {encodeMs > 0 && `encoded once a round, for ${listWords(sharers)}`}
              </td>
            </tr>
            {measured.map((row) => (
              <LaneRow key={row.lane} row={row} scaleMs={scaleMs} isReference={row.lane === choice.lanes[0]} />
            ))}
          </tbody>
        </table>
      </div>
      <ul className={styles.legend} aria-label="Stages">
        {STAGES.map((stage) => (
          <li key={stage} title={STAGE_MEANINGS[stage]}>
            <StageSwatch stage={stage} />
            {STAGE_NAMES[stage]}
          </li>
        ))}
      </ul>
      <p className={styles.notes}>
        {rounds > 1 && counted > 0 && (
          <span>{`Medians of ${counted === 1 ? 'one round' : `${counted} rounds`}; small: the middle half of them.`}</span>
        )}
        {warmUps.length > 0 && (
          <span>
            Warm-up, not counted: {warmUps.map(({ lane, timings }) => `${LANE_NAMES[lane]} ${formatMs(timings.totalMs)}`).join(', ')}.
          </span>
        )}
        {rounds === 1 && comparison.phase === 'done' && <span>One round each; more rounds show how far times spread.</span>}
        {summaries.some(({ texts }) => texts > 1) && <span>The text was not the same in every round.</span>}
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
      <th scope="row">{LANE_NAMES[lane]}</th>
      <td className={styles.bars}>
        <div className={styles.track}>
          {startMs > 0 && own.totalMs > 0 && (
            <div className={styles.ghost} style={{ width: share(startMs) }} title={`Encode, shared: ${formatMs(startMs)}`} />
          )}
          <StageBar timings={own} scaleMs={scaleMs} startMs={startMs} />
          {spread !== null && (
            <div
              className={styles.whisker}
              style={{ left: share(spread.q1), width: share(spread.q3 - spread.q1) }}
              title={`Half of the rounds: ${rangeWords(spread, formatMs)}. Fastest ${formatMs(spread.min)}, slowest ${formatMs(spread.max)}`}
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
      <td>{row.tokens > 0 && row.tokens.toLocaleString('en')}</td>
      <td>
        {row.tokensPerSecond !== null && wholeNumber(row.tokensPerSecond)}
        {spread !== null && summary?.tokensPerSecond != null && <small>{rangeWords(summary.tokensPerSecond, wholeNumber)}</small>}
      </td>
      <td>{summary !== null && <Spared summary={summary} />}</td>
      <td>
        {summary !== null &&
          (isReference ? <span className={styles.note}>reference</span> : summary.faster !== null && <Speed faster={summary.faster} />)}
      </td>
    </tr>
  );
}

function Spared({ summary: { sparedMs, sparedRounds, rounds, readsEncoding } }: { summary: LaneSummary }) {
  if (!readsEncoding) return <span className={styles.note}>not used</span>;
  if (sparedMs === null) return <span className={styles.note}>read it</span>;
  return (
    <>
      {formatMs(sparedMs)}
      {rounds > 1 && <small>{`in ${sparedRounds} of ${rounds}`}</small>}
    </>
  );
}

function Speed({ faster: { whole, perToken } }: { faster: NonNullable<LaneSummary['faster']> }) {
  return (
    <>
      <strong>{times(whole)}</strong>
      {perToken !== null && <small>{times(perToken)} a token</small>}
    </>
  );
}

const wholeNumber = (value: number) => Math.round(value).toLocaleString('en');

/** From the first to the third quartile, e.g. `95–104 ms`: a unit that both have stands once. */
function rangeWords({ q1, q3 }: Spread, format: (value: number) => string): string {
  const low = format(q1);
  const high = format(q3);
  const unit = /\s\D+$/.exec(high)?.[0] ?? '';
  return `${unit !== '' && low.endsWith(unit) ? low.slice(0, -unit.length) : low}–${high}`;
}

function listWords(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
