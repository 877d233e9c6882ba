import { Eraser } from 'lucide-react';
import { useMemo, type RefObject } from 'react';
import { useStore } from 'zustand';
import { Button } from '../components/Button';
import { Counts } from '../components/Counts';
import { Segmented } from '../components/Segmented';
import { SourceText } from '../components/SourceText';
import { countText } from '../counts';
import { t } from '../i18n/i18n';
import { MODIFIER } from '../keys';
import { isBlank } from '../translate/translate-store';
import { ROUNDS, type Rounds } from './compare-run';
import { type CompareStore } from './compare-store';
import styles from './SourceBox.module.css';

interface SourceBoxProps {
  compare: CompareStore;
  language: string | undefined;
  /** Why what is shown does not answer what is asked. */
  hint: string | null;
  canRun: boolean;
  textArea: RefObject<HTMLTextAreaElement | null>;
}

const roundOption = (rounds: Rounds) => ({
  value: String(rounds) as `${Rounds}`,
  label: String(rounds),
  meaning: rounds === 1 ? t('compare.oneRoundMeaning') : t('compare.roundsMeaning', { rounds }),
});

/** The text that all lanes get, and how often. */
export function SourceBox({ compare, language, hint, canRun, textArea }: SourceBoxProps) {
  const source = useStore(compare, (state) => state.source);
  const rounds = useStore(compare, (state) => state.rounds);
  const counts = useMemo(() => countText(source), [source]);
  return (
    <section className={styles.box} aria-label={t('shell.source')}>
      <SourceText store={compare} label={t('compare.sourceText')} language={language} textArea={textArea} className={styles.source} />
      <footer className={styles.footer}>
        <span className={styles.counts}>{source !== '' && <Counts counts={counts} />}</span>
        {hint !== null && <span className={styles.hint}>{hint}</span>}
        <span className={styles.rounds}>
          <span aria-hidden="true">{t('compare.rounds')}</span>
          <Segmented
            label={t('compare.rounds')}
            options={ROUNDS.map(roundOption)}
            value={`${rounds}`}
            onChange={(value) => compare.chooseRounds(ROUNDS.find((choice) => String(choice) === value) ?? 1)}
          />
        </span>
        <Button
          icon={<Eraser size={16} aria-hidden="true" />}
          title={t('compare.clearTitle')}
          disabled={source === ''}
          onClick={() => {
            compare.clear();
            textArea.current?.focus();
          }}
        >
          {t('shell.clear')}
        </Button>
        <Button
          look="primary"
          disabled={isBlank(source) || !canRun}
          title={t('compare.compareTitle', { keys: `${MODIFIER}Enter` })}
          onClick={() => compare.run()}
        >
          {t('shell.compare')}
        </Button>
      </footer>
    </section>
  );
}
