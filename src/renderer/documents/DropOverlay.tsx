import { t } from '../i18n/i18n';
import styles from './DropOverlay.module.css';

/** Shown while files are held over the window. `words`: how they will be translated; null: they cannot be. */
export function DropOverlay({ words }: { words: string | null }) {
  return (
    <div className={styles.overlay} data-testid="drop-overlay">
      <div>
        <strong>{words === null ? t('documents.nothingWithoutPack') : t('documents.dropToTranslate')}</strong>
        {words !== null && <p>{words}</p>}
      </div>
    </div>
  );
}
