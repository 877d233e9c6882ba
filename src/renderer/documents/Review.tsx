import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { type DocumentJob, type DocumentReport } from '../../shared/document';
import { Button } from '../components/Button';
import { Segmented } from '../components/Segmented';
import { plural } from '../counts';
import { languageName } from '../translate/choice';
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

const ORDERS = [
  { value: 'attention', label: 'To check first', meaning: 'What failed, then what has a reason to check it; the least sure first.' },
  { value: 'document', label: 'In order', meaning: 'As it stands in the document.' },
] as const;

/** Source and translation of a finished job, segment by segment; the keys go through them. */
export function Review({ job, review, onOpen }: ReviewProps) {
  const { order, offset, review: shown, selected, drafts, isLeaving, problem } = useStore(review);
  const report = useReport(job);
  const grid = useRef<HTMLDivElement>(null);
  const languages = job.options.task;
  const isEditing = selected !== null && drafts[selected] !== undefined;

  // The selected row has the focus, unless a person is elsewhere: what had it goes away with an editor or a page.
  useEffect(() => {
    const active = document.activeElement;
    if (isEditing || (active !== document.body && grid.current?.contains(active) !== true)) return;
    const row = grid.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]');
    if (active?.closest('[role=row]') !== row) row?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  }, [selected, offset, shown, isEditing]);

  function onKey(event: KeyboardEvent) {
    if (event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const onRow = event.target instanceof HTMLElement && event.target.role === 'row';
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (steps !== undefined) review.move(steps);
    else if (onRow && (event.key === 'Enter' || event.key === 'F2') && selected !== null) review.edit(selected);
    else if (onRow && event.key === 'Escape') review.close();
    else return;
    event.preventDefault();
  }

  return (
    <section className={styles.review} aria-label={`Review of ${job.name}`}>
      <header className={styles.head}>
        <Button
          icon={<ArrowLeft size={16} aria-hidden="true" />}
          aria-label="Back to the documents"
          title="Back to the documents"
          onClick={review.close}
        />
        <div className={styles.title}>
          <h2 title={job.name}>{job.name}</h2>
          <p>
            {report !== null &&
              [...reportWords(report), checkWords(report)].filter((part) => part !== null).map((part) => <span key={part}>{part}</span>)}
          </p>
        </div>
        <Segmented label="Order" value={order} options={ORDERS} onChange={review.setOrder} />
        <Button look="outlined" onClick={onOpen}>
          Open
        </Button>
      </header>
      {isLeaving && (
        <div className={styles.leaving} role="alert">
          <span>{plural(unsaved(drafts), 'change')} not saved yet.</span>
          <Button look="outlined" onClick={review.stay}>
            Go on editing
          </Button>
          <Button onClick={review.discard}>Discard and leave</Button>
        </div>
      )}
      {problem !== null && (
        <div className={styles.leaving} data-tone="bad" role="alert">
          <span>{problem}</span>
          <Button look="outlined" onClick={review.reload}>
            Try again
          </Button>
        </div>
      )}
      <div className={styles.scroller}>
        {shown === null && problem === null && <p className={styles.reading}>Reading the segments</p>}
        <div
          ref={grid}
          role="grid"
          aria-label="Segments"
          aria-rowcount={(shown?.segments ?? 0) + 1}
          aria-busy={shown === null}
          className={styles.grid}
          onKeyDown={onKey}
        >
          <div role="row" aria-rowindex={1} className={styles.columns}>
            <span role="columnheader">{languageName(languages.from)}</span>
            <span role="columnheader">{languageName(languages.to)}</span>
            <span role="columnheader" title="How likely the model found the words that it wrote">
              Confidence
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
      {shown !== null && <ReviewPager offset={offset} shown={shown.page.length} segments={shown.segments} onShow={review.showPage} />}
    </section>
  );
}

/** The report as last told; there is none in the moment that an edit is written. */
function useReport({ state }: DocumentJob): DocumentReport | null {
  const [report, setReport] = useState<DocumentReport | null>(null);
  if (state.kind === 'done' && state.report !== report) setReport(state.report);
  return report;
}
