import { X } from 'lucide-react';
import { type AddedDocuments } from '../../shared/document';
import { Button } from '../components/Button';
import { t } from '../i18n/i18n';
import { folderName } from '../translate/problem';
import { addedWords } from './words';
import styles from './AddedNotice.module.css';

interface AddedNoticeProps {
  lastAdded: AddedDocuments | null;
  /** Why the last call that was about no job failed. */
  problem: string | null;
  onDismiss(): void;
}

/** What was left out of the files added last, each with its reason. */
export function AddedNotice({ lastAdded, problem, onDismiss }: AddedNoticeProps) {
  const words = problem ?? (lastAdded === null ? null : addedWords(lastAdded));
  const skipped = problem === null ? (lastAdded?.skipped ?? []) : [];
  return (
    <div role="status">
      {words !== null && (
        <section className={styles.notice} data-tone={problem === null ? 'plain' : 'bad'}>
          <div className={styles.words}>
            <strong>{words}</strong>
            {skipped.length > 0 && (
              <ul className={styles.skipped} aria-label={t('documents.leftOut')} tabIndex={0}>
                {skipped.map(({ path, why }) => (
                  <li key={path} title={path}>
                    <span>{folderName(path)}</span> {why}
                  </li>
                ))}
              </ul>
            )}
          </div>
          <Button
            icon={<X size={16} aria-hidden="true" />}
            aria-label={t('shell.putAway')}
            title={t('shell.putAway')}
            onClick={onDismiss}
          />
        </section>
      )}
    </div>
  );
}
