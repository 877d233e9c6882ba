import { useRef, type KeyboardEvent } from 'react';
import { Tip } from './Tip';
import styles from './Segmented.module.css';

export interface SegmentedOption<Value extends string> {
  value: Value;
  label: string;
  /** One plain sentence, on hover and on focus. */
  meaning?: string;
}

interface SegmentedProps<Value extends string> {
  label: string;
  options: readonly SegmentedOption<Value>[];
  value: Value;
  onChange(value: Value): void;
}

/** A radio group that looks like one control; arrow keys choose. */
export function Segmented<Value extends string>({ label, options, value, onChange }: SegmentedProps<Value>) {
  const group = useRef<HTMLDivElement>(null);

  function choose(event: KeyboardEvent, index: number) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (index + step + options.length) % options.length;
    const option = options[next];
    if (option === undefined) return;
    onChange(option.value);
    group.current?.querySelectorAll<HTMLElement>('[role=radio]')[next]?.focus();
  }

  return (
    <div ref={group} role="radiogroup" aria-label={label} className={styles.group}>
      {options.map((option, index) => {
        const radio = (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={option.value === value}
            tabIndex={option.value === value ? 0 : -1}
            className={styles.option}
            data-label={option.label}
            onClick={() => onChange(option.value)}
            onKeyDown={(event) => choose(event, index)}
          >
            {option.label}
          </button>
        );
        return option.meaning === undefined ? (
          radio
        ) : (
          <Tip key={option.value} text={option.meaning}>
            {radio}
          </Tip>
        );
      })}
    </div>
  );
}
