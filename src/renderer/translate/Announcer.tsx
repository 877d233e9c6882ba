import { useEffect, useRef, useState } from 'react';
import { announceNext, NOTHING_SPOKEN } from './announcements';
import { type TranslateStore } from './translate-store';

/** Reads the translation out to screen readers, politely and in sentences. */
export function Announcer({ translation }: { translation: TranslateStore }) {
  const spoken = useRef(NOTHING_SPOKEN);
  const [words, setWords] = useState('');
  useEffect(
    () =>
      translation.subscribe(({ generation }, before) => {
        if (generation === before.generation) return;
        if (generation === null) {
          spoken.current = NOTHING_SPOKEN;
          return;
        }
        const { spoken: next, say } = announceNext(spoken.current, generation);
        spoken.current = next;
        if (say !== null) setWords(say);
      }),
    [translation],
  );
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      {words}
    </div>
  );
}
