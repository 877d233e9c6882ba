import { Files } from 'lucide-react';
import { type ReactNode } from 'react';
import { type DocumentQueue } from '../../shared/document';
import styles from './EmptyQueue.module.css';

interface EmptyQueueProps {
  formats: DocumentQueue['formats'];
  /** The buttons that add. */
  children: ReactNode;
}

/** What can be dropped here, and what comes of it. */
export function EmptyQueue({ formats, children }: EmptyQueueProps) {
  return (
    <section className={styles.empty} aria-label="No documents yet">
      <Files size={32} strokeWidth={1.5} aria-hidden="true" />
      <h2>Drop documents here</h2>
      <p>
        Each becomes a translated file of the same kind, with its layout kept, and the original stays as it is. Nothing leaves this machine.
      </p>
      <div className={styles.buttons}>{children}</div>
      <dl className={styles.formats} aria-label="What can be translated">
        {formats.map(({ name, extensions }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{extensions.map((extension) => `.${extension}`).join(' ')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
