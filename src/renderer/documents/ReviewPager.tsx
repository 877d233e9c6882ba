import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../components/Button';
import { PAGE_SEGMENTS } from './review-store';
import styles from './ReviewPager.module.css';

interface ReviewPagerProps {
  /** Place of the page's first segment. */
  offset: number;
  /** Segments on the page. */
  shown: number;
  segments: number;
  onShow(offset: number): void;
}

export function ReviewPager({ offset, shown, segments, onShow }: ReviewPagerProps) {
  const number = (count: number) => count.toLocaleString('en');
  const isFirst = offset === 0;
  const isLast = offset + shown >= segments;
  return (
    <footer className={styles.pager}>
      <span className={styles.keys}>↑ ↓ to move, Enter to edit</span>
      {segments > shown && (
        <>
          <span>
            {number(offset + 1)} to {number(offset + shown)} of {number(segments)}
          </span>
          <Button
            icon={<ChevronLeft size={16} aria-hidden="true" />}
            aria-label="Previous segments"
            title="Previous segments"
            aria-disabled={isFirst}
            onClick={() => !isFirst && onShow(Math.max(0, offset - PAGE_SEGMENTS))}
          />
          <Button
            icon={<ChevronRight size={16} aria-hidden="true" />}
            aria-label="Next segments"
            title="Next segments"
            aria-disabled={isLast}
            onClick={() => !isLast && onShow(offset + PAGE_SEGMENTS)}
          />
        </>
      )}
    </footer>
  );
}
