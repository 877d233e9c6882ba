import { useStore } from 'zustand';
import { type Generation } from '../generation';
import { formatPercent, t, type TextKey } from '../i18n/i18n';
import { type Distance, type Judgement, type OpinionMark } from './opinion-marks';
import { judgedSentences, type OpinionStore } from './opinion-store';
import { opinionWords } from './opinion-words';
import styles from './OpinionLegend.module.css';
import marks from './OutputText.module.css';

interface OpinionLegendProps {
  opinion: OpinionStore;
  generation: Generation;
  judgement: Judgement;
  /** Of the word that is looked at. */
  chosen: OpinionMark | null;
}

const DISTANCES = {
  close: 'alternatives.legendClose',
  far: 'alternatives.legendFar',
  more: 'alternatives.legendMore',
} as const satisfies Record<Distance, TextKey>;

/** What came of the second opinion in one line, and what its marks mean. */
export function OpinionLegend({ opinion, generation, judgement, chosen }: OpinionLegendProps) {
  const { isAsking, problem } = useStore(opinion);
  const { words, same } = judgement;
  // Only what is all the same is called 100 %.
  const share = words === 0 ? 0 : same === words ? 1 : Math.min(0.99, same / words);
  return (
    <section className={styles.legend} aria-label={t('alternatives.opinion')} aria-busy={isAsking}>
      <p role="status" className={problem === null ? undefined : styles.problem}>
        {problem !== null
          ? t('alternatives.opinionFailed', { reason: problem })
          : chosen !== null
            ? opinionWords(chosen)
            : judgedSentences(generation).length === 0
              ? t('alternatives.opinionOwn')
              : isAsking || words === 0
                ? t('alternatives.opinionAsking')
                : t('alternatives.sameWords', { percent: formatPercent(share) })}
      </p>
      <ul aria-label={t('alternatives.legend')}>
        {Object.entries(DISTANCES).map(([distance, words]) => (
          <li key={distance}>
            <span className={marks.opinion} data-distance={distance} aria-hidden="true">
              {t('alternatives.sampleWord')}
            </span>
            {t(words)}
          </li>
        ))}
      </ul>
    </section>
  );
}
