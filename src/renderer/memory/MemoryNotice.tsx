import { X } from 'lucide-react';
import { type Imported } from '../../shared/memory';
import { Button } from '../components/Button';
import { t } from '../i18n/i18n';
import { type MemoryState } from './memory-store';
import styles from './MemoryPanel.module.css';

interface MemoryNoticeProps extends Pick<MemoryState, 'done' | 'problem'> {
  /** What befell the memory's file. */
  notice: string | null;
  onDismiss(): void;
}

/** What the last import or export came to, or why a call failed; that the file was damaged stays. */
export function MemoryNotice({ notice, done, problem, onDismiss }: MemoryNoticeProps) {
  const words = problem ?? (done === null ? null : done.kind === 'exported' ? t('memory.exported', { count: done.count }) : null);
  return (
    <>
      {notice !== null && (
        <p className={styles.notice} data-tone="warn" role="alert">
          <span>{t('memory.setAside', { path: notice })}</span>
        </p>
      )}
      {(words !== null || done?.kind === 'imported') && (
        <div className={styles.notice} data-tone={problem === null ? 'plain' : 'bad'} role={problem === null ? 'status' : 'alert'}>
          <span>
            {words}
            {problem === null && done?.kind === 'imported' && done.files.map((file) => <ImportedFile key={file.name} file={file} />)}
          </span>
          <Button icon={<X size={16} aria-hidden="true" />} aria-label={t('shell.putAway')} onClick={onDismiss} />
        </div>
      )}
    </>
  );
}

function ImportedFile({ file: { name, taken, left } }: { file: Imported }) {
  const leftOut = left.reduce((sum, { count }) => sum + count, 0);
  return (
    <span className={styles.file} title={left.map(({ why, count }) => `${count}: ${why}`).join('\n')}>
      {t('memory.imported', { count: taken, name })}
      {leftOut > 0 && ` ${t('memory.leftOut', { count: leftOut, why: left.map(({ why }) => why).join('; ') })}`}
    </span>
  );
}
