import { Files } from 'lucide-react';
import { type ReactNode } from 'react';
import { type DocumentQueue } from '../../shared/document';
import { t } from '../i18n/i18n';
import { formatName } from './format-name';
import styles from './EmptyQueue.module.css';

interface EmptyQueueProps {
  formats: DocumentQueue['formats'];
  /** The buttons that add. */
  children: ReactNode;
}

/** What can be dropped here, and what comes of it. */
export function EmptyQueue({ formats, children }: EmptyQueueProps) {
  return (
    <section className={styles.empty} aria-label={t('documents.noDocuments')}>
      <Files size={32} strokeWidth={1.5} aria-hidden="true" />
      <h2>{t('documents.dropHere')}</h2>
      <p>{t('documents.emptyMeaning')}</p>
      <div className={styles.buttons}>{children}</div>
      <dl className={styles.formats} aria-label={t('documents.whatCanBeTranslated')}>
        {formats.map(({ name, extensions }) => (
          <div key={name}>
            <dt>{formatName(name)}</dt>
            <dd>{extensions.map((extension) => `.${extension}`).join(' ')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
