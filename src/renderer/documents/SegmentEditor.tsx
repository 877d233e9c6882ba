import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { type ReviewSegment } from '../../shared/document';
import { codesOf } from '../../shared/inlines';
import { type LanguagePair } from '../../shared/memory';
import { Button } from '../components/Button';
import { t } from '../i18n/i18n';
import { MODIFIER } from '../keys';
import { Suggestions } from '../memory/Suggestions';
import { textDirection } from '../text-direction';
import { markerText, readMarked } from './markers';
import { type Draft, type ReviewStore } from './review-store';
import { markerWords } from './words';
import styles from './SegmentEditor.module.css';

interface SegmentEditorProps {
  segment: ReviewSegment;
  draft: Draft;
  languages: LanguagePair;
  review: ReviewStore;
}

/** The translation as text, its codes as markers that must all be there. */
export function SegmentEditor({ segment, draft, languages, review }: SegmentEditorProps) {
  const { index, source, pairs } = segment;
  const note = useId();
  const textArea = useRef<HTMLTextAreaElement>(null);
  const read = readMarked(draft.text, source, pairs);
  const problem = read.kind === 'wrong' ? read.problem : null;
  const missing = problem?.kind === 'missing' ? problem.markers : [];

  useEffect(() => {
    const { current } = textArea;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
    current?.closest('[role=row]')?.scrollIntoView({ block: 'nearest' });
  }, []);

  function save() {
    if (review.save(index)) review.move(1);
    else textArea.current?.focus();
  }

  function onKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
    else if (event.key === 'Escape') review.leave(index);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function putIn(number: number) {
    const { current } = textArea;
    if (current === null) return;
    current.setRangeText(markerText(number), current.selectionStart, current.selectionEnd, 'end');
    review.write(index, current.value);
    current.focus();
  }

  return (
    <div className={styles.editor} onKeyDown={onKey}>
      <textarea
        ref={textArea}
        className={styles.text}
        aria-label={t('documents.translationOf', { number: index + 1 })}
        aria-describedby={note}
        aria-invalid={problem !== null}
        value={draft.text}
        readOnly={draft.isSaving}
        lang={languages.to}
        dir={textDirection(draft.text)}
        spellCheck={false}
        onChange={(event) => review.write(index, event.target.value)}
      />
      <p
        id={note}
        className={styles.note}
        data-tone={draft.refusal !== null ? 'bad' : problem !== null ? 'warn' : 'plain'}
        aria-live="polite"
      >
        {draft.refusal ?? (problem === null ? hint(codesOf(source).length) : markerWords(problem))}
      </p>
      <Suggestions
        review={review}
        segment={segment}
        languages={languages}
        onTake={(text) => {
          review.write(index, text);
          textArea.current?.focus();
        }}
      />
      <div className={styles.actions}>
        {missing.map((number) => (
          <Button key={number} look="outlined" onClick={() => putIn(number)}>
            {t('documents.putIn', { marker: markerText(number) })}
          </Button>
        ))}
        <Button look="primary" keys={`${MODIFIER}Enter`} aria-disabled={problem !== null || draft.isSaving} onClick={save}>
          {draft.isSaving ? t('shell.saving') : t('shell.save')}
        </Button>
        <Button keys="Esc" onClick={() => review.leave(index)}>
          {t('shell.cancel')}
        </Button>
      </div>
    </div>
  );
}

function hint(codes: number): string | null {
  if (codes === 0) return null;
  return codes === 1
    ? t('documents.markerHint', { marker: markerText(1) })
    : t('documents.markersHint', { first: markerText(1), last: markerText(codes) });
}
