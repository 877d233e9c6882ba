import { Pencil } from 'lucide-react';
import { useMemo } from 'react';
import { type DocumentOptions, type ReviewSegment } from '../../shared/document';
import { textOf } from '../../shared/inlines';
import { Button } from '../components/Button';
import { formatPercent, t } from '../i18n/i18n';
import { UsedTerms } from '../memory/UsedTerms';
import { textDirection } from '../text-direction';
import { InlineText } from './InlineText';
import { numberMarkers } from './markers';
import { type Draft, type ReviewStore } from './review-store';
import { SegmentEditor } from './SegmentEditor';
import { segmentNotes } from './words';
import styles from './ReviewRow.module.css';

interface ReviewRowProps {
  segment: ReviewSegment;
  /** In the order shown, from 0. */
  place: number;
  /** Nothing before it needs to be looked at any more, from here on. */
  isRest: boolean;
  /** It is somewhere else in the document than the row before. */
  isNewPlace: boolean;
  isSelected: boolean;
  draft: Draft | null;
  languages: DocumentOptions['task'];
  review: ReviewStore;
}

export function ReviewRow({ segment, place, isRest, isNewPlace, isSelected, draft, languages, review }: ReviewRowProps) {
  const { index, source, translation, pairs, confidence } = segment;
  const numbers = useMemo(() => numberMarkers(source), [source]);
  const notes = segmentNotes(segment, languages.to);
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      aria-selected={isSelected}
      aria-label={t('documents.segment', { number: index + 1 })}
      tabIndex={isSelected && draft === null ? 0 : -1}
      className={styles.row}
      data-segment={index}
      data-rest={isRest || undefined}
      onClick={() => review.select(index)}
      onDoubleClick={() => review.edit(index)}
    >
      <div role="gridcell" className={styles.source}>
        {isNewPlace && <p className={styles.place}>{segment.place}</p>}
        <div lang={languages.from} dir={textDirection(textOf(source))}>
          <InlineText inlines={source} numbers={numbers} pairs={pairs} />
        </div>
      </div>
      <div role="gridcell" className={styles.translation}>
        {draft === null ? (
          <div lang={languages.to} dir={textDirection(textOf(translation))} data-testid="translation">
            <InlineText inlines={translation} numbers={numbers} pairs={pairs} />
          </div>
        ) : (
          <SegmentEditor segment={segment} draft={draft} languages={languages} review={review} />
        )}
        <UsedTerms terms={segment.terms} />
        {notes.length > 0 && (
          <ul className={styles.notes}>
            {notes.map(({ tone, words }) => (
              <li key={words} data-tone={tone}>
                {words}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div role="gridcell" className={styles.last}>
        {confidence !== null && <Confidence confidence={confidence} />}
        {draft === null && (
          <span className={styles.edit}>
            <Button
              icon={<Pencil size={14} aria-hidden="true" />}
              aria-label={t('documents.editSegment', { number: index + 1 })}
              title={t('documents.editTitle')}
              tabIndex={-1}
              onClick={() => review.edit(index)}
            />
          </span>
        )}
      </div>
    </div>
  );
}

function Confidence({ confidence }: { confidence: number }) {
  const percent = formatPercent(confidence);
  const words = t('documents.confidenceOf', { percent });
  return (
    <span className={styles.confidence} role="img" aria-label={words} title={words}>
      <span className={styles.bar}>
        <span style={{ width: `${100 * confidence}%` }} />
      </span>
      <span className={styles.number}>{percent}</span>
    </span>
  );
}
