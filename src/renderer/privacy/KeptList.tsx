import { FolderOpen, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { DELETABLE_DATA, type DeletableData, type Kept, type KeptData } from '../../shared/privacy';
import { Button } from '../components/Button';
import { t } from '../i18n/i18n';
import { formatBytes } from '../units';
import { keptName, keptNote, sizeWords } from './words';
import styles from './PrivacyPanel.module.css';

interface KeptListProps {
  kept: readonly Kept[];
  onShow(what: KeptData): void;
  onDelete(what: DeletableData): void;
}

/** What lies on the disk, kind by kind: how much, where, and how to be rid of it. */
export function KeptList({ kept, onShow, onDelete }: KeptListProps) {
  const [asked, setAsked] = useState<DeletableData | null>(null);
  return (
    <ul aria-label={t('privacy.kept')}>
      {kept.map((one) => {
        const name = keptName(one.what);
        const deletable = DELETABLE_DATA.find((what) => what === one.what);
        return (
          <li key={one.what} className={styles.kept}>
            <div>
              <strong>{name}</strong> <span className={styles.size}>{sizeWords(one)}</span>
              <p className={styles.note}>{keptNote(one.what)}</p>
              <p className={styles.place}>{one.place}</p>
            </div>
            {deletable !== undefined && asked === deletable ? (
              <div key="question" className={styles.question} role="group" aria-label={t('privacy.delete', { what: name })}>
                <p>{t('privacy.deleteQuestion', { size: formatBytes(one.bytes) })}</p>
                <Button look="outlined" autoFocus onClick={() => setAsked(null)}>
                  {t('privacy.deleteNo')}
                </Button>
                <Button
                  look="primary"
                  onClick={() => {
                    setAsked(null);
                    onDelete(deletable);
                  }}
                >
                  {t('privacy.deleteYes')}
                </Button>
              </div>
            ) : (
              <div key="actions" className={styles.actions}>
                <Button
                  icon={<FolderOpen size={16} aria-hidden="true" />}
                  aria-label={t('privacy.showFolder', { what: name })}
                  title={t('privacy.showFolder', { what: name })}
                  onClick={() => onShow(one.what)}
                />
                {deletable !== undefined && (
                  <Button
                    icon={<Trash2 size={16} aria-hidden="true" />}
                    aria-label={t('privacy.delete', { what: name })}
                    title={t('privacy.delete', { what: name })}
                    disabled={one.files === 0}
                    onClick={() => setAsked(deletable)}
                  />
                )}
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
