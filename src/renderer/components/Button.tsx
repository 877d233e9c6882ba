import { type ButtonHTMLAttributes, type ReactNode } from 'react';
import styles from './Button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'quiet' | 'outlined' | 'primary';
  icon?: ReactNode;
  /** Shown beside the label, e.g. `Ctrl+Enter`. */
  keys?: string;
}

const LOOKS = { quiet: styles.button, outlined: styles.outlined, primary: styles.primary };

export function Button({ look = 'quiet', icon, keys, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={LOOKS[look]} {...rest}>
      {icon}
      {children !== undefined && <span>{children}</span>}
      {keys !== undefined && (
        <span className={styles.keys} aria-hidden="true">
          {keys}
        </span>
      )}
    </button>
  );
}
