import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { MAX_FIND, type DocumentJob, type DocumentReport } from '../../shared/document';
import { Button } from '../components/Button';
import { Segmented } from '../components/Segmented';
import { languageName, t } from '../i18n/i18n';
import { MODIFIER } from '../keys';
import { ReviewPager } from './ReviewPager';
import { ReviewRow } from './ReviewRow';
import { unsaved, type ReviewStore } from './review-store';
import { checkWords, reportWords } from './words';
import styles from './Review.module.css';

interface ReviewProps {
  job: DocumentJob;
  review: ReviewStore;
  onOpen(): void;
}

const orders = () =>
  [
    { value: 'attention', label: t('documents.toCheckFirst'), meaning: t('documents.toCheckFirstMeaning') },
    { value: 'document', label: t('documents.inOrder'), meaning: t('documents.inOrderMeaning') },
  ] as const;

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, End: Infinity, Home: -Infinity };

const selectedRow = (grid: HTMLElement | null) => grid?.querySelector<HTMLElement>('[role=row][tabindex="0"]');

/** Source and translation of a finished job, segment by segment; the keys go through them. */
export function Review({ job, review, onOpen }: ReviewProps) {
  const { order, find, offset, review: shown, selected, drafts, isLeaving, problem } = useStore(review);
  const report = useReport(job);
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const languages = job.options.task;
  const isEditing = selected !== null && drafts[selected] !== undefined;

  // The selected row has the focus, unless a person is elsewhere: what had it goes away with an editor or a page.
  useEffect(() => {
    const active = document.activeElement;
    if (isEditing || (active !== document.body && grid.current?.contains(active) !== true)) return;
    const row = selectedRow(grid.current);
    if (active?.closest('[role=row]') !== row) row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  }, [selected, offset, shown, isEditing]);

  function onSearchKey(event: KeyboardEvent) {
    const isDone = event.key === 'Enter' || event.key === 'ArrowDown' || (event.key === 'Escape' && find === '');
    if (!isDone || event.nativeEvent.isComposing) return;
    selectedRow(grid.current)?.focus();
    event.preventDefault();
  }

  function onKey(event: KeyboardEvent) {
    if (event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const onRow = event.target instanceof HTMLElement && event.target.role === 'row';
    const steps = STEPS[event.key];
    if (steps !== undefined) review.move(steps);
    else if (onRow && (event.key === 'Enter' || event.key === 'F2') && selected !== null) review.edit(selected);
    else if (onRow && event.key === 'Escape') review.close();
    else return;
    event.preventDefault();
  }

  return (
    <section
      className={styles.review}
      aria-label={t('documents.reviewOf', { name: job.name })}
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
        search.current?.select();
        event.preventDefault();
      }}
    >
      <header className={styles.head}>
        <Button
          icon={<ArrowLeft size={16} aria-hidden="true" />}
          aria-label={t('documents.back')}
          title={t('documents.back')}
          onClick={review.close}
        />
        <div className={styles.title}>
          <h2 title={job.name}>{job.name}</h2>
          <p>
            {report !== null &&
              [...reportWords(report), checkWords(report)].filter((part) => part !== null).map((part) => <span key={part}>{part}</span>)}
          </p>
        </div>
        <input
          ref={search}
          type="search"
          className={styles.search}
          aria-label={t('documents.find')}
          placeholder={t('documents.findKeys', { keys: `${MODIFIER}F` })}
          value={find}
          maxLength={MAX_FIND}
          spellCheck={false}
          onChange={(event) => review.find(event.target.value)}
          onKeyDown={onSearchKey}
        />
        <Segmented label={t('documents.order')} value={order} options={orders()} onChange={review.setOrder} />
        <Button look="outlined" onClick={onOpen}>
          {t('shell.open')}
        </Button>
      </header>
      {isLeaving && (
        <div className={styles.leaving} role="alert">
          <span>{t('documents.unsaved', { count: unsaved(drafts) })}</span>
          <Button look="outlined" onClick={review.stay}>
            {t('documents.goOnEditing')}
          </Button>
          <Button onClick={review.discard}>{t('documents.discard')}</Button>
        </div>
      )}
      {problem !== null && (
        <div className={styles.leaving} data-tone="bad" role="alert">
          <span>{problem}</span>
          <Button look="outlined" onClick={review.reload}>
            {t('shell.tryAgain')}
          </Button>
        </div>
      )}
      <div className={styles.scroller}>
        {shown === null && problem === null && <p className={styles.reading}>{t('documents.reading')}</p>}
        {shown !== null && shown.segments === 0 && find !== '' && <p className={styles.reading}>{t('documents.nothingFound')}</p>}
        <div
          ref={grid}
          role="grid"
          aria-label={t('documents.segments')}
          aria-rowcount={(shown?.segments ?? 0) + 1}
          aria-busy={shown === null}
          className={styles.grid}
          onKeyDown={onKey}
        >
          <div role="row" aria-rowindex={1} className={styles.columns}>
            <span role="columnheader">{languageName(languages.from)}</span>
            <span role="columnheader">{languageName(languages.to)}</span>
            <span role="columnheader" title={t('documents.confidenceMeaning')}>
              {t('documents.confidence')}
            </span>
          </div>
          {shown?.page.map((segment, place) => (
            <ReviewRow
              key={segment.index}
              segment={segment}
              place={offset + place}
              isRest={order === 'attention' && shown.attention > 0 && offset + place === shown.attention}
              isNewPlace={segment.place !== '' && segment.place !== shown.page[place - 1]?.place}
              isSelected={segment.index === selected}
              draft={drafts[segment.index] ?? null}
              languages={languages}
              review={review}
            />
          ))}
        </div>
      </div>
      {shown !== null && (
        <ReviewPager
          offset={offset}
          shown={shown.page.length}
          segments={shown.segments}
          isFiltered={find.trim() !== ''}
          onShow={review.showPage}
        />
      )}
    </section>
  );
}

/** The report as last told; there is none in the moment that an edit is written. */
function useReport({ state }: DocumentJob): DocumentReport | null {
  const [report, setReport] = useState<DocumentReport | null>(null);
  if (state.kind === 'done' && state.report !== report) setReport(state.report);
  return report;
}
