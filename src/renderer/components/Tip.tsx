import { cloneElement, useEffect, useId, useState, type ReactElement } from 'react';
import styles from './Tip.module.css';

interface TipProps {
  text: string;
  align?: 'start' | 'center' | 'end';
  side?: 'below' | 'above';
  children: ReactElement<{ 'aria-describedby'?: string | undefined }>;
}

/** One sentence about a control, on hover and on focus; Escape puts it away. */
export function Tip({ text, align = 'center', side = 'below', children }: TipProps) {
  const id = useId();
  const [open, setOpen] = useState(false);

  useEffect(() => {
    if (!open) return;
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [open]);

  return (
    <span
      className={styles.anchor}
      onPointerEnter={() => setOpen(true)}
      onPointerLeave={() => setOpen(false)}
      onFocus={(event) => event.target.matches(':focus-visible') && setOpen(true)}
      onBlur={() => setOpen(false)}
    >
      {cloneElement(children, { 'aria-describedby': id })}
      <span
        id={id}
        role="tooltip"
        className={open ? `${styles.tip} ${styles[align]} ${side === 'above' ? styles.above : ''}` : 'visually-hidden'}
      >
        {text}
      </span>
    </span>
  );
}
