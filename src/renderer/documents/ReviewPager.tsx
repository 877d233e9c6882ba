import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../components/Button';
import { formatNumber, t } from '../i18n/i18n';
import { PAGE_SEGMENTS } from './review-store';
import styles from './ReviewPager.module.css';

interface ReviewPagerProps {
  /** Place of the page's first segment. */
  offset: number;
  /** Segments on the page. */
  shown: number;
  segments: number;
  /** Only those with some words are shown. */
  isFiltered: boolean;
  onShow(offset: number): void;
}

export function ReviewPager({ offset, shown, segments, isFiltered, onShow }: ReviewPagerProps) {
  const isFirst = offset === 0;
  const isLast = offset + shown >= segments;
  return (
    <footer className={styles.pager}>
      <span className={styles.keys}>{t('documents.pagerKeys')}</span>
      <span role="status">{isFiltered && t('documents.found', { count: segments })}</span>
      {segments > shown && (
        <>
          <span>
            {t('documents.page', { first: formatNumber(offset + 1), last: formatNumber(offset + shown), all: formatNumber(segments) })}
          </span>
          <Button
            icon={<ChevronLeft size={16} aria-hidden="true" />}
            aria-label={t('documents.previous')}
            title={t('documents.previous')}
            aria-disabled={isFirst}
            onClick={() => !isFirst && onShow(Math.max(0, offset - PAGE_SEGMENTS))}
          />
          <Button
            icon={<ChevronRight size={16} aria-hidden="true" />}
            aria-label={t('documents.next')}
            title={t('documents.next')}
            aria-disabled={isLast}
            onClick={() => !isLast && onShow(offset + PAGE_SEGMENTS)}
          />
        </>
      )}
    </footer>
  );
}
