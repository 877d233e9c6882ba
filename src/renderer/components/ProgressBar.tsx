import { type ComponentProps } from 'react';

interface ProgressBarProps extends ComponentProps<'div'> {
  label: string;
  done: number;
  /** 0: nothing is known to be done yet. */
  all: number;
}

/** A line that fills up as `done` comes near `all`; how it looks is its caller's. */
export function ProgressBar({ label, done, all, ...rest }: ProgressBarProps) {
  return (
    <div {...rest} role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={all} aria-valuenow={done}>
      <div style={{ width: `${all === 0 ? 0 : (100 * done) / all}%` }} />
    </div>
  );
}
