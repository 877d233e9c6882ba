import styles from './DropOverlay.module.css';

/** Shown while files are held over the window. `words`: how they will be translated; null: they cannot be. */
export function DropOverlay({ words }: { words: string | null }) {
  return (
    <div className={styles.overlay} data-testid="drop-overlay">
      <div>
        <strong>{words === null ? 'Nothing can be added without a pack' : 'Drop to translate'}</strong>
        {words !== null && <p>{words}</p>}
      </div>
    </div>
  );
}
