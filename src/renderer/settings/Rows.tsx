import { useId, type ReactNode } from 'react';
import styles from './Rows.module.css';

/** Rows under a heading. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

interface RowProps {
  name: string;
  note?: string | undefined;
  /** By which a control is described by the note. */
  noteId?: string;
  tone?: 'plain' | 'bad';
  children: ReactNode;
}

/** What can be set, and beside it what sets it. */
export function Row({ name, note, noteId, tone = 'plain', children }: RowProps) {
  return (
    <div className={styles.row}>
      <div>
        <span>{name}</span>
        {note !== undefined && (
          <p id={noteId} className={styles.note} data-tone={tone}>
            {note}
          </p>
        )}
      </div>
      {children}
    </div>
  );
}
