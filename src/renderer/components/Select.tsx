import { ChevronDown } from 'lucide-react';
import styles from './Select.module.css';

interface SelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string; disabled?: boolean }[];
  look?: 'strong' | 'outlined';
  disabled?: boolean;
  onChange(value: string): void;
}

export function Select({ label, value, options, look = 'outlined', disabled = false, onChange }: SelectProps) {
  return (
    <span className={styles.wrap}>
      <select
        aria-label={label}
        className={`${styles.select} ${styles[look]}`}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden="true" />
    </span>
  );
}
