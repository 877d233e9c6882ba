import styles from './Switch.module.css';

interface SwitchProps {
  label: string;
  on: boolean;
  disabled?: boolean;
  /** The id of a note on it. */
  describedBy?: string;
  onChange(on: boolean): void;
}

export function Switch({ label, on, disabled = false, describedBy, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={label}
      aria-describedby={describedBy}
      title={label}
      className={styles.switch}
      disabled={disabled}
      onClick={() => onChange(!on)}
    >
      <span className={styles.thumb} />
    </button>
  );
}
