import { useEffect, useState } from 'react';
import { type DocumentsStore } from './documents-store';
import { announceState } from './words';

/** Tells a screen reader, politely, when a job comes to an end or needs a person. */
export function QueueAnnouncer({ documents }: { documents: DocumentsStore }) {
  const [words, setWords] = useState('');
  useEffect(
    () =>
      documents.subscribe(({ queue }, before) => {
        const known = before.queue?.jobs ?? [];
        const news = (queue?.jobs ?? []).filter((job) => known.some(({ id, state }) => id === job.id && state.kind !== job.state.kind));
        const say = news.map(announceState).filter((said) => said !== null);
        if (say.length > 0) setWords(say.join(' '));
      }),
    [documents],
  );
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-testid="documents-announcer">
      {words}
    </div>
  );
}
