import { useEffect, useState } from 'react';
import { type ReviewSegment } from '../../shared/document';
import { textOf } from '../../shared/inlines';
import { type LanguagePair, type Suggestion } from '../../shared/memory';
import { Button } from '../components/Button';
import { numberMarkers, toMarked } from '../documents/markers';
import { type ReviewStore } from '../documents/review-store';
import { formatPercent, t } from '../i18n/i18n';
import { textDirection } from '../text-direction';
import { originName } from './origin-words';
import styles from './Suggestions.module.css';

interface SuggestionsProps {
  review: Pick<ReviewStore, 'suggestions'>;
  segment: ReviewSegment;
  languages: LanguagePair;
  /** Takes a translation over, codes as markers; those it lacks are for the person to put in. */
  onTake(marked: string): void;
}

/** What the memory has for sentences that are nearly the same. Nothing where it has nothing. */
export function Suggestions({ review, segment, languages, onTake }: SuggestionsProps) {
  const { source } = segment;
  const { from, to } = languages;
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);

  useEffect(() => {
    let isShown = true;
    // Without suggestions the segment can be edited all the same.
    review.suggestions(segment, { from, to }).then(
      (found) => isShown && setSuggestions(found),
      () => {},
    );
    return () => void (isShown = false);
  }, [review, from, to, segment]);

  if (suggestions.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('memory.suggestions')}>
      {suggestions.map((suggestion) => {
        const { translation, likeness, hasCodes, origin } = suggestion;
        const numbers = numberMarkers(hasCodes ? source : []);
        const text = toMarked(hasCodes ? translation : [textOf(translation)], numbers);
        return (
          <li key={text}>
            <div className={styles.text}>
              <span className={styles.source} lang={from} dir={textDirection(textOf(suggestion.source))}>
                {textOf(suggestion.source)}
              </span>
              <span lang={to} dir={textDirection(text)}>
                {text}
              </span>
            </div>
            <span className={styles.facts}>
              {t('memory.likeness', { percent: formatPercent(likeness) })}, {originName(origin)}
            </span>
            <Button look="outlined" onClick={() => onTake(text)}>
              {t('memory.take')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
