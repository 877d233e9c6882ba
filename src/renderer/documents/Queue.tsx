import { useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { type DocumentJob } from '../../shared/document';
import { Button } from '../components/Button';
import { t } from '../i18n/i18n';
import { type DocumentsStore } from './documents-store';
import { JobRow } from './JobRow';
import { queueWords, type JobAction } from './words';
import styles from './Queue.module.css';

interface QueueProps {
  documents: DocumentsStore;
  jobs: readonly DocumentJob[];
  onReview(jobId: string): void;
  /** The buttons that add. */
  children: ReactNode;
}

/** The files, in the order they are worked on. */
export function Queue({ documents, jobs, onReview, children }: QueueProps) {
  const problem = useStore(documents, (state) => state.problem);
  const list = useRef<HTMLUListElement>(null);
  const done = jobs.filter(({ state }) => state.kind === 'done');

  function remove(ids: readonly string[]) {
    // What had the focus goes away with its row.
    list.current?.focus();
    for (const id of ids) documents.remove(id);
  }

  const deeds: Record<JobAction, (jobId: string) => void> = {
    pause: documents.pause,
    resume: documents.resume,
    retry: documents.resume,
    retryFailed: documents.resume,
    open: (jobId) => documents.open(jobId, 'translation'),
    folder: (jobId) => documents.open(jobId, 'folder'),
    source: (jobId) => documents.open(jobId, 'source'),
    review: onReview,
    remove: (jobId) => remove([jobId]),
  };

  return (
    <section className={styles.queue} aria-label={t('documents.queue')}>
      <header className={styles.head}>
        <h2>{queueWords(jobs)}</h2>
        {done.length > 0 && <Button onClick={() => remove(done.map(({ id }) => id))}>{t('documents.removeDone')}</Button>}
        {children}
      </header>
      <ul ref={list} tabIndex={-1} className={styles.list} aria-label={t('shell.documents')}>
        {jobs.map((job) => (
          <JobRow
            key={job.id}
            job={job}
            problem={problem?.jobId === job.id ? problem.message : null}
            onAct={(action) => deeds[action](job.id)}
            onGoOn={(how) => documents.resume(job.id, how)}
          />
        ))}
      </ul>
    </section>
  );
}
