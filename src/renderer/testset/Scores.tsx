import { bleu as bleuMetric } from '../../shared/metrics/bleu';
import { SAMPLES, SEED, type Interval } from '../../shared/metrics/bootstrap';
import { chrf as chrfMetric } from '../../shared/metrics/chrf';
import { formatNumber, t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import { formatMs, times } from '../translate/timeline';
import { scoreWords, signed, worstOf } from './test-report';
import { type LaneScore } from './test-run';
import { type TestRun } from './testset-store';
import styles from './Scores.module.css';

/** Scores of every lane, what the others lose to the reference lane and how sure that is, and where they lose most. */
export function Scores({ run }: { run: TestRun }) {
  const { choice, scores } = run;
  const [reference] = choice.lanes;
  if (scores === null || reference === undefined) return null;
  const against = t('testset.against', { reference: laneName(reference) });
  const againstMeaning = t('testset.againstMeaning', { samples: formatNumber(SAMPLES) });
  const hybrid = scores.find(({ lane }) => lane === 'hybrid');
  return (
    <section className={styles.scores} aria-label={t('testset.results')}>
      {hybrid?.against && <p className={styles.loss}>{lossWords(hybrid.against, reference)}</p>}
      <div className={styles.scroller} tabIndex={0} role="group" aria-label={t('testset.tableOfScores')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('shell.lane')}</th>
              <th scope="col" title={t('testset.bleuMeaning')}>
                {bleuMetric.name}
              </th>
              <th scope="col" title={againstMeaning}>
                {against}
              </th>
              <th scope="col" title={t('testset.chrfMeaning')}>
                {chrfMetric.name}
              </th>
              <th scope="col" title={againstMeaning}>
                {against}
              </th>
              <th scope="col" title={t('testset.sentenceTimeMeaning')}>
                {t('testset.sentenceTime')}
              </th>
              <th scope="col">{t('compare.tokensPerSecond')}</th>
              <th scope="col" title={t('testset.speedMeaning')}>
                {t('compare.speed')}
              </th>
              <th scope="col" title={t('testset.repairedMeaning')}>
                {t('testset.repaired')}
              </th>
              <th scope="col" title={t('testset.flaggedMeaning')}>
                {t('testset.flagged')}
              </th>
            </tr>
          </thead>
          <tbody>
            {scores.map((score) => (
              <Row key={score.lane} score={score} isReference={score.lane === reference} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>{t('testset.circumstances', { version: '2.6.0', samples: formatNumber(SAMPLES), seed: SEED })}</p>
      <Worst run={run} />
    </section>
  );
}

function lossWords({ bleu, chrf }: { bleu: Interval; chrf: Interval }, reference: Parameters<typeof laneName>[0]): string {
  return t('testset.loss', {
    lane: laneName('hybrid'),
    reference: laneName(reference),
    bleu: signed(bleu.difference),
    bleuLow: signed(bleu.low),
    bleuHigh: signed(bleu.high),
    chrf: signed(chrf.difference),
    chrfLow: signed(chrf.low),
    chrfHigh: signed(chrf.high),
  });
}

function Row({ score, isReference }: { score: LaneScore; isReference: boolean }) {
  const { lane, bleu, chrf, against, medianMs, tokensPerSecond, faster, repaired, flagged } = score;
  return (
    <tr>
      <th scope="row">{laneName(lane)}</th>
      <td className={styles.score}>{scoreWords(bleu)}</td>
      <td>
        {isReference ? <span className={styles.note}>{t('compare.reference')}</span> : against && <Against interval={against.bleu} />}
      </td>
      <td className={styles.score}>{scoreWords(chrf)}</td>
      <td>
        {isReference ? <span className={styles.note}>{t('compare.reference')}</span> : against && <Against interval={against.chrf} />}
      </td>
      <td>{formatMs(medianMs)}</td>
      <td>{tokensPerSecond !== null && formatNumber(tokensPerSecond)}</td>
      <td>{faster !== null && <strong>{times(faster)}</strong>}</td>
      <td>{formatNumber(repaired)}</td>
      <td>{formatNumber(flagged)}</td>
    </tr>
  );
}

/** What holds 0 may be chance, and stands in plain weight. */
function Against({ interval: { difference, low, high } }: { interval: Interval }) {
  const isSure = low > 0 || high < 0;
  return (
    <>
      {isSure ? <strong>{signed(difference)}</strong> : signed(difference)}
      <small>{t('testset.interval', { low: signed(low), high: signed(high) })}</small>
    </>
  );
}

function Worst({ run }: { run: TestRun }) {
  const worst = worstOf(run);
  const [reference] = run.choice.lanes;
  if (worst === null || reference === undefined) return null;
  const { from, to } = run.choice;
  return (
    <section className={styles.worst} aria-labelledby="testset-worst">
      <h2 id="testset-worst" title={t('testset.worstMeaning', { reference: laneName(reference) })}>
        {t('testset.worst', { lane: laneName(worst.lane) })}
      </h2>
      <ol>
        {worst.losses.map(({ line: { pair, lanes }, difference }) => (
          <li key={pair.line}>
            <p className={styles.note}>
              {t('testset.sentenceAt', { line: pair.line })}
              <span>{`${chrfMetric.name} ${signed(difference)}`}</span>
            </p>
            <dl>
              <dt>{t('shell.source')}</dt>
              <dd lang={from}>{pair.source}</dd>
              <dt>{t('testset.referenceTranslation')}</dt>
              <dd lang={to}>{pair.reference}</dd>
              {[reference, worst.lane].map((lane) => (
                <div key={lane}>
                  <dt>{laneName(lane)}</dt>
                  <dd lang={to}>{lanes[lane]?.output}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}
