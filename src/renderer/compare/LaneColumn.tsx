import type { RequestLane } from '../../shared/inference/lanes';
import { isRunning } from '../generation';
import { textLength } from '../growing-text';
import { t } from '../i18n/i18n';
import { textDirection } from '../text-direction';
import { laneName } from '../translate/choice';
import { OutputText } from '../translate/OutputText';
import { findProblem, type Remedy } from '../translate/problem';
import { ProblemNotice } from '../translate/ProblemNotice';
import { type Column } from './compare-run';
import { describeDrafts } from './comparison';
import { type WordDifference, type WordRun } from './words';
import styles from './LaneColumn.module.css';

interface LaneColumnProps {
  lane: RequestLane;
  meaning: string;
  /** For those who do not see it: what stands in the column. */
  label: string;
  /** Null until it is this lane's turn. */
  generation: Column | null;
  isReference: boolean;
  referenceName: string;
  /** From the reference; null while one of them is not finished, or when it is too much to mark. */
  difference: WordDifference | null;
  /** Nothing more will come. */
  isOver: boolean;
  onRemedy(remedy: Remedy): void;
}

/** What one lane writes; where it writes other words than the reference, they stand out. */
export function LaneColumn({
  lane,
  meaning,
  label,
  generation,
  isReference,
  referenceName,
  difference,
  isOver,
  onRemedy,
}: LaneColumnProps) {
  const name = laneName(lane);
  const state = [isReference ? t('compare.reference') : '', stateWords(generation, isOver)].filter((words) => words !== '').join(', ');
  const problem = generation === null ? null : findProblem({ kind: 'ready' }, null, generation);
  return (
    <section className={styles.column} aria-label={name} aria-busy={generation !== null && isRunning(generation)}>
      <header className={styles.head}>
        <h2>{name}</h2>
        <span title={[state, meaning].filter((words) => words !== '').join('. ')}>{state}</span>
      </header>
      <div className={styles.body} tabIndex={0} role="group" aria-label={label}>
        {problem !== null && <ProblemNotice problem={problem} onRemedy={onRemedy} />}
        {generation === null ? (
          <p className={styles.quiet}>{isOver ? t('compare.notRun') : t('compare.waitsForTurn')}</p>
        ) : difference === null ? (
          <OutputText generation={generation} language={generation.input.language} previousOutput="" />
        ) : (
          <Marked difference={difference} language={generation.input.language} referenceName={referenceName} />
        )}
      </div>
    </section>
  );
}

function stateWords(generation: Column | null, isOver: boolean): string {
  if (generation === null) return '';
  const { phase, flagged, repaired, speculation, output } = generation;
  switch (phase) {
    case 'waiting':
      return isOver ? '' : t('compare.stateWaiting');
    case 'working':
      return t('compare.stateWriting');
    case 'done':
      return [
        ...(speculation ? [describeDrafts(speculation)] : []),
        ...(repaired ? [t('compare.byLlm', { count: repaired })] : []),
        ...(flagged.length > 0 ? [t('compare.toCheck', { count: flagged.length })] : []),
      ].join(', ');
    case 'cancelled':
      return textLength(output) === 0 ? t('compare.stateCancelled') : t('compare.stateCancelledKept');
    case 'failed':
      return t('compare.stateFailed');
    default:
      return phase satisfies never;
  }
}

interface MarkedProps {
  difference: WordDifference;
  language: string;
  referenceName: string;
}

function Marked({ difference: { lines }, language, referenceName }: MarkedProps) {
  const direction = textDirection(lines.find((line) => line.length > 0)?.[0]?.text ?? '');
  return (
    <div className={styles.text} lang={language} dir={direction} data-testid="difference">
      {lines.map((line, index) => (
        <div key={index} className={styles.line}>
          {line.map((run, at) => (
            <Run key={at} run={run} referenceName={referenceName} />
          ))}
          {index < lines.length - 1 && '\n'}
        </div>
      ))}
    </div>
  );
}

function Run({ run: { text, differs, instead }, referenceName }: { run: WordRun; referenceName: string }) {
  if (!differs) return text;
  if (text === '')
    return (
      <del className={styles.omitted} title={t('compare.alsoHas', { reference: referenceName, words: instead })}>
        <span className="visually-hidden">{instead}</span>
      </del>
    );
  return (
    <ins
      className={styles.differs}
      title={
        instead === ''
          ? t('compare.notIn', { reference: referenceName })
          : t('compare.insteadIn', { reference: referenceName, words: instead })
      }
    >
      {text}
    </ins>
  );
}
