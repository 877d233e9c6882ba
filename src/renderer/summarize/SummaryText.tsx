import type { SummaryForm } from '../../shared/pack';
import { t } from '../i18n/i18n';
import { type SentenceMarks } from './marks';
import styles from './summarize.module.css';

export const CHOSEN_ID = 'chosen-sentence';

interface SummaryTextProps {
  form: SummaryForm;
  output: string;
  /** Null, or none, until it is known what the sentences rest on. */
  marks: readonly SentenceMarks[] | null;
  chosen: number | null;
  showsCopied: boolean;
  onChoose(sentence: number): void;
}

const POINT = /^- /;

/** As it is written, and once it is known what its sentences rest on, with that. */
export function SummaryText({ form, output, marks, chosen, showsCopied, onChoose }: SummaryTextProps) {
  const sentences = marks?.map((sentence, index) => (
    <Sentence
      key={sentence.start}
      sentence={sentence}
      isChosen={index === chosen}
      showsCopied={showsCopied}
      onLook={() => onChoose(index)}
    />
  ));
  const hasMarks = sentences !== undefined && sentences.length > 0;
  if (form === 'paragraph' || !POINT.test(output)) {
    return (
      <p className={styles.text} lang="en" data-testid="summary">
        {hasMarks ? sentences : output}
      </p>
    );
  }
  const points = hasMarks ? sentences : output.split('\n').map((line) => line.replace(POINT, ''));
  return (
    <ul className={`${styles.text} ${styles.points}`} lang="en" data-testid="summary">
      {points.map((point, index) => (
        <li key={index}>{point}</li>
      ))}
    </ul>
  );
}

interface SentenceProps {
  sentence: SentenceMarks;
  isChosen: boolean;
  showsCopied: boolean;
  onLook(): void;
}

const UNKNOWN_TITLES = { number: 'summarize.unknownNumber', name: 'summarize.unknownName' } as const;

function Sentence({ sentence, isChosen, showsCopied, onLook }: SentenceProps) {
  return (
    <span
      id={isChosen ? CHOSEN_ID : undefined}
      className={styles.sentence}
      data-chosen={isChosen}
      data-supported={sentence.isSupported}
      data-taken={sentence.isTaken}
      title={sentence.isTaken ? t('summarize.taken') : sentence.isSupported ? undefined : t('summarize.unsupported')}
      onMouseEnter={onLook}
    >
      {sentence.stretches.map(({ text, unknown, isCopied }, index) =>
        unknown === null ? (
          <span key={index} className={isCopied && showsCopied ? styles.copied : undefined}>
            {text}
          </span>
        ) : (
          <mark key={index} className={styles.unknown} title={t(UNKNOWN_TITLES[unknown])}>
            {text}
          </mark>
        ),
      )}
    </span>
  );
}
