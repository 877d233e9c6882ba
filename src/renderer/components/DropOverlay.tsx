import styles from './DropOverlay.module.css';

/** Shown while files are held over the window. `title`: what will become of them; `words`: how. */
export function DropOverlay({ title, words = null }: { title: string; words?: string | null }) {
  return (
    <div className={styles.overlay} data-testid="drop-overlay">
      <div>
        <strong>{title}</strong>
        {words !== null && <p>{words}</p>}
      </div>
    </div>
  );
}
