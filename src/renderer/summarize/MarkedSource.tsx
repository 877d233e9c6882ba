import { useLayoutEffect, useRef, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { Range } from '../../shared/inference/summary';
import { SourceText } from '../components/SourceText';
import { t } from '../i18n/i18n';
import panes from '../translate/panes.module.css';
import { type SummarizeStore } from './summarize-store';
import styles from './summarize.module.css';

interface MarkedSourceProps {
  summarize: SummarizeStore;
  language: string | undefined;
  textArea: RefObject<HTMLTextAreaElement | null>;
  /** What is marked in the text, best first; the best one is scrolled into view. */
  marked: readonly Range[];
}

/** The text to summarize; marks lie behind it, in a copy of it. */
export function MarkedSource({ summarize, language, textArea, marked }: MarkedSourceProps) {
  return (
    <div className={styles.source}>
      {marked.length > 0 && <Marks summarize={summarize} marked={marked} textArea={textArea} />}
      <SourceText store={summarize} label={t('summarize.sourceText')} language={language} textArea={textArea} className={panes.source} />
    </div>
  );
}

function Marks({ summarize, marked, textArea }: Pick<MarkedSourceProps, 'summarize' | 'marked' | 'textArea'>) {
  const source = useStore(summarize, (state) => state.source);
  const copy = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const text = textArea.current;
    if (text === null || copy.current === null) return;
    const best = copy.current.querySelector<HTMLElement>('[data-best]');
    if (best !== null) {
      const above = best.offsetTop < text.scrollTop;
      const below = best.offsetTop + best.offsetHeight > text.scrollTop + text.clientHeight;
      if (above || below) text.scrollTo({ top: best.offsetTop - text.clientHeight / 3 });
    }
    const follow = () => {
      copy.current?.scrollTo({ top: text.scrollTop });
    };
    follow();
    text.addEventListener('scroll', follow);
    return () => text.removeEventListener('scroll', follow);
  }, [marked, textArea]);

  const [best] = marked;
  const inOrder = [...marked].sort((a, b) => a.start - b.start);
  return (
    <div ref={copy} className={`${panes.source} ${styles.copy}`} aria-hidden="true" data-testid="marks">
      {inOrder.map((range, index) => (
        <span key={range.start}>
          {source.slice(inOrder[index - 1]?.end ?? 0, range.start)}
          <mark data-best={range === best ? '' : undefined}>{source.slice(range.start, range.end)}</mark>
        </span>
      ))}
      {source.slice(inOrder.at(-1)?.end ?? 0)}
      {/* A last empty line has no height of its own. */}
      {'\n'}
    </div>
  );
}
