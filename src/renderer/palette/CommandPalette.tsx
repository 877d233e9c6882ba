import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../i18n/i18n';
import { matchCommands, type Command } from './commands';
import styles from './CommandPalette.module.css';

interface CommandPaletteProps {
  commands: readonly Command[];
  onClose(): void;
}

/** Every command by its name: typed letters narrow them down, Enter runs the one that is marked, Escape closes. */
export function CommandPalette({ commands, onClose }: CommandPaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState(0);
  const list = useId();
  const matching = matchCommands(commands, query);
  const at = Math.min(marked, matching.length - 1);
  const optionId = (index: number) => `${list}-${index}`;

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: 'nearest' }), [list, at]);

  function run(command: Command | undefined) {
    if (command === undefined) return;
    // The focus goes back to where it was first.
    dialog.current?.close();
    command.run();
  }

  function onKey(event: KeyboardEvent) {
    // None of these keys is for the screen behind.
    event.stopPropagation();
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (steps !== undefined) setMarked((at + steps + matching.length) % Math.max(1, matching.length));
    else if (event.key === 'Home' && event.ctrlKey) setMarked(0);
    else if (event.key === 'End' && event.ctrlKey) setMarked(matching.length - 1);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(matching[at]);
    else return;
    event.preventDefault();
  }

  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={t('habits.palette')}
      onClose={onClose}
      onKeyDown={onKey}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <input
        className={styles.query}
        type="text"
        role="combobox"
        aria-label={t('habits.paletteSearch')}
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={matching.length === 0 ? undefined : optionId(at)}
        aria-autocomplete="list"
        placeholder={t('habits.paletteSearch')}
        value={query}
        spellCheck={false}
        autoFocus
        onChange={(event) => {
          setQuery(event.target.value);
          setMarked(0);
        }}
      />
      <ul id={list} role="listbox" aria-label={t('habits.palette')} className={styles.list}>
        {matching.map((command, index) => (
          <li
            key={command.label}
            id={optionId(index)}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onPointerMove={() => setMarked(index)}
            onClick={() => run(command)}
          >
            <span>{command.label}</span>
            {command.keys !== undefined && <kbd>{command.keys}</kbd>}
          </li>
        ))}
      </ul>
      <p className={matching.length === 0 ? styles.none : 'visually-hidden'} role="status">
        {matching.length === 0 && t('habits.paletteNone')}
      </p>
    </dialog>
  );
}
