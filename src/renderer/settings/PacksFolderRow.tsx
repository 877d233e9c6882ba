import { useStore } from 'zustand';
import { type PacksMove } from '../../shared/packs-folder';
import { Button } from '../components/Button';
import { t } from '../i18n/i18n';
import { formatBytes } from '../units';
import { type PacksFolderStore } from './packs-folder-store';
import { Row } from './Rows';
import styles from './SettingsPanel.module.css';

/** Where imported packs are kept, and their way to another folder. */
export function PacksFolderRow({ packsFolder }: { packsFolder: PacksFolderStore }) {
  const { state, problem } = useStore(packsFolder);
  if (state === null || state.isFixed) return null;
  const { folder, isChosen, move } = state;
  const trouble = problem ?? (move.kind === 'refused' ? move.problem : null);
  return (
    <>
      <Row name={t('settings.packsPlace')} note={folder}>
        {move.kind === 'running' ? (
          <Button look="outlined" onClick={packsFolder.cancel}>
            {t('shell.cancel')}
          </Button>
        ) : (
          <span className={styles.buttons}>
            {isChosen && <Button onClick={() => packsFolder.move('usual')}>{t('settings.packsBack')}</Button>}
            <Button look="outlined" onClick={() => packsFolder.move('ask')}>
              {t('settings.packsMove')}
            </Button>
          </span>
        )}
      </Row>
      {move.kind === 'running' && (
        <progress className={styles.progress} aria-label={t('settings.packsPlace')} max={Math.max(1, move.totalBytes)} value={move.bytes} />
      )}
      <p className={styles.note} role="status">
        {moveWords(move)}
      </p>
      {trouble !== null && (
        <p className={styles.problem} role="alert">
          {trouble}
        </p>
      )}
    </>
  );
}

function moveWords(move: PacksMove): string {
  switch (move.kind) {
    case 'running':
      return move.totalBytes === 0
        ? t('settings.packsMoving')
        : t('settings.packsMoved', { done: formatBytes(move.bytes), total: formatBytes(move.totalBytes) });
    case 'moved':
      return move.left === null ? t('settings.packsArrived') : t('settings.packsLeft', { folder: move.left });
    case 'none':
    case 'refused':
      return '';
    default:
      return move satisfies never;
  }
}
