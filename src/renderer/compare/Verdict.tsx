import type { RequestLane } from '../../shared/inference/lanes';
import { Button } from '../components/Button';
import { ProgressBar } from '../components/ProgressBar';
import { engineErrorWords } from '../engine/engine-error-words';
import { t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import { type Comparison } from './compare-run';
import { describeSame, describeSpeed, summarize } from './comparison';
import { type DifferenceOf } from './differences';
import styles from './Verdict.module.css';

interface VerdictProps {
  comparison: Comparison | null;
  /** Why work has not begun, where the engine is the reason. */
  waitingWords: string | null;
  differenceOf: DifferenceOf;
  onCancel(): void;
  onRun(): void;
}

/** One line on how the comparison stands or what came of it; always there, so that nothing moves when it speaks. */
export function Verdict({ comparison, waitingWords, differenceOf, onCancel, onRun }: VerdictProps) {
  if (comparison === null) return waitingWords === null ? <div /> : <div className={styles.verdict}>{waitingWords}</div>;
  const { phase, round, rounds, lane, error } = comparison;
  const lines = verdicts(comparison, differenceOf);
  const isRunning = phase === 'running';
  return (
    <div className={styles.verdict} data-state={phase}>
      <Progress comparison={comparison} />
      <div className={styles.words}>
        {isRunning && (
          <span>
            {[
              rounds === 1 ? null : round === 0 ? t('compare.warmUp') : t('compare.roundOf', { round, rounds }),
              lane === null ? null : laneName(lane),
            ]
              .filter((part) => part !== null)
              .join(', ')}
            {waitingWords !== null && ` (${waitingWords.toLowerCase()})`}
          </span>
        )}
        {phase === 'cancelled' && <span className={styles.warn}>{cancelledWords(comparison)}</span>}
        {phase === 'failed' && <span className={styles.bad}>{error === null ? t('compare.noLaneGoesOn') : engineErrorWords(error)}</span>}
        {lines.map(({ lane: held, words }) => (
          <span key={held}>
            <strong>{laneName(held)}</strong>: {words}
          </span>
        ))}
      </div>
      {isRunning ? (
        <Button keys="Esc" onClick={onCancel}>
          {t('shell.cancel')}
        </Button>
      ) : (
        phase !== 'done' && <Button onClick={onRun}>{t('compare.again')}</Button>
      )}
      <span className="visually-hidden" role="status" data-testid="compare-announcer">
        {isRunning
          ? t('compare.comparing')
          : [
              cancelledOrFailed(comparison),
              ...lines.map(({ lane: held, words }) => t('compare.laneWords', { lane: laneName(held), words })),
            ].join(' ')}
      </span>
    </div>
  );
}

/** E.g. `3.4x faster, 87 % of words the same`, of each lane but the reference. */
function verdicts({ choice, runs, columns }: Comparison, differenceOf: DifferenceOf): { lane: RequestLane; words: string }[] {
  const [reference, ...others] = choice.lanes;
  if (reference === undefined) return [];
  const summaries = summarize(choice.lanes, runs);
  return others.flatMap((lane) => {
    const faster = summaries.find((summary) => summary.lane === lane)?.faster;
    if (faster == null) return [];
    const difference = differenceOf(columns[reference], columns[lane]);
    const bothDone = columns[reference]?.phase === 'done' && columns[lane]?.phase === 'done';
    const same = difference === null ? (bothDone ? t('compare.tooManyDiffer') : null) : describeSame(difference);
    return [{ lane, words: [describeSpeed(faster.whole), same].filter((part) => part !== null).join(', ') }];
  });
}

function cancelledOrFailed(comparison: Comparison): string {
  if (comparison.phase === 'cancelled') return cancelledWords(comparison);
  return comparison.phase === 'failed' ? ((comparison.error && engineErrorWords(comparison.error)) ?? '') : t('compare.compared');
}

function cancelledWords({ rounds, round }: Comparison): string {
  return rounds === 1
    ? t('compare.cancelled')
    : round === 0
      ? t('compare.cancelledInWarmUp')
      : t('compare.cancelledInRound', { round, rounds });
}

/** A line along the top, for more rounds than one. */
function Progress({ comparison: { phase, runs, rounds, choice } }: { comparison: Comparison }) {
  if (phase !== 'running' || rounds === 1) return null;
  const all = (rounds + 1) * choice.lanes.length;
  return <ProgressBar className={styles.progress} label={t('compare.runsFinished')} done={runs.length} all={all} />;
}
