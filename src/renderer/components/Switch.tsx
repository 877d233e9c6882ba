import styles from './Switch.module.css';

export function Switch({ label, on, onChange }: { label: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      title={label}
      className={styles.switch}
      onClick={() => onChange(!on)}
    >
      <span className={styles.thumb} />
    </button>
  );
}
