import { useEffect, useState } from 'react';
import { type AppApi, type DetectedLanguage } from '../../shared/app-api';
import { type TranslateStore } from './translate-store';

/** Typing pauses for so long before its language is asked for. */
const REST_MS = 600;
/** The beginning tells it. UTF-16 code units. */
const LOOKED_AT = 2_000;

/** The language of the source where it is sure, null where it is not, and while it is being typed. */
export function useDetectedLanguage(app: AppApi, translation: TranslateStore): DetectedLanguage | null {
  const [found, setFound] = useState<{ source: string; detected: DetectedLanguage } | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      const { source } = translation.getState();
      app.call('detectLanguage', { text: source.slice(0, LOOKED_AT) }).then(
        (detected) => {
          if (translation.getState().source === source) setFound({ source, detected });
        },
        // An offer that cannot be made is none.
        () => setFound(null),
      );
    };
    const stop = translation.subscribe((now, before) => {
      if (now.source === before.source) return;
      clearTimeout(timer);
      setFound(null);
      if (now.source !== '') timer = setTimeout(ask, REST_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [app, translation]);
  return found?.detected.reliable === true ? found.detected : null;
}
