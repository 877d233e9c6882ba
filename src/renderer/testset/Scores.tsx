import { SAMPLES, SEED } from '../../shared/metrics/bootstrap';
import { readLanguage, taskOf, writtenLanguage } from '../compare/compared';
import { formatNumber, t } from '../i18n/i18n';
import { writerName } from './measures';
import { excerpt, fewWords, lossWords, scoreCells, scoreColumns, signed } from './score-table';
import { WORST } from './test-report';
import { worstOf } from './test-run';
import { type TestRun } from './testset-store';
import styles from './Scores.module.css';

/** Scores of every lane, what the others lose to the reference lane and how sure that is, and where most is lost. */
export function Scores({ run }: { run: TestRun }) {
  const { choice, scores } = run;
  const [reference] = choice.lanes;
  if (scores === null || reference === undefined) return null;
  const task = taskOf(choice);
  const loss = lossWords(scores, reference);
  const few = fewWords(run.lines);
  const samples = formatNumber(SAMPLES);
  return (
    <section className={styles.scores} aria-label={t('testset.results')}>
      {loss !== null && <p className={styles.loss}>{loss}</p>}
      {few !== null && <p className={styles.few}>{few}</p>}
      <div className={styles.scroller} tabIndex={0} role="group" aria-label={t('testset.tableOfScores')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('shell.lane')}</th>
              {scoreColumns(task).map(({ name, meaning }) => (
                <th key={name} scope="col" title={meaning}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {scores.map((score) => (
              <tr key={score.writer}>
                <th scope="row">{writerName(score.writer)}</th>
                {scoreCells(score).map(({ value, note, isSure }, column) => (
                  <td key={column}>
                    {value}
                    {note !== '' && <small data-sure={isSure}>{note}</small>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.notes}>
        {scores.length > 1 && <p>{t('testset.againstMeaning', { reference: writerName(reference), samples })}</p>}
        <p>{t('testset.circumstances', { scored: t(`testset.${task}Scored`), samples, seed: SEED })}</p>
      </div>
      <Worst run={run} />
    </section>
  );
}

function Worst({ run: { choice, lines } }: { run: TestRun }) {
  const worst = worstOf(lines, choice, WORST);
  if (worst === null) return null;
  const { writer, than, metric, losses } = worst;
  return (
    <section className={styles.worst} aria-labelledby="testset-worst">
      <h2 id="testset-worst" title={t('testset.worstMeaning', { metric: metric.name, reference: writerName(than) })}>
        {t('testset.worst', { lane: writerName(writer) })}
      </h2>
      <ol>
        {losses.map(({ line: { pair, written }, difference }) => (
          <li key={pair.line}>
            <p className={styles.place}>
              {t('testset.lineAt', { line: pair.line })}
              <span>{`${metric.name} ${signed(difference)}`}</span>
            </p>
            <dl>
              <dt>{t('shell.source')}</dt>
              <dd lang={readLanguage(choice)}>{excerpt(pair.source)}</dd>
              <dt>{t('testset.reference')}</dt>
              <dd lang={writtenLanguage(choice)}>{pair.reference}</dd>
              {[than, writer].map((who) => (
                <div key={who}>
                  <dt>{writerName(who)}</dt>
                  <dd lang={writtenLanguage(choice)}>{written[who]?.output}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}
