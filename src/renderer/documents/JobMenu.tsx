import { Ellipsis } from 'lucide-react';
import { useId, useRef, type KeyboardEvent } from 'react';
import { Button } from '../components/Button';
import { t } from '../i18n/i18n';
import { actionWords, type JobAction } from './words';
import styles from './JobMenu.module.css';

interface JobMenuProps {
  name: string;
  actions: readonly JobAction[];
  onAct(action: JobAction): void;
}

/** What else can be done with a job: a menu beside its button; arrow keys go through it. */
export function JobMenu({ name, actions, onAct }: JobMenuProps) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const anchor = `--menu${id.replaceAll(/\W/g, '')}`;

  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];

  function walk(event: KeyboardEvent) {
    const all = items();
    const now = all.findIndex((item) => item === document.activeElement);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Tab') menu.current?.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    all[(next + all.length) % all.length]?.focus();
  }

  return (
    <>
      <Button
        icon={<Ellipsis size={16} aria-hidden="true" />}
        aria-label={t('documents.moreFor', { name })}
        title={t('shell.more')}
        aria-haspopup="menu"
        popoverTarget={id}
        style={{ anchorName: anchor }}
      />
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label={name}
        className={styles.menu}
        style={{ positionAnchor: anchor }}
        onKeyDown={walk}
        onToggle={(event) => event.newState === 'open' && items()[0]?.focus()}
      >
        {actions.map((action) => (
          <button
            key={action}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={styles.item}
            onClick={() => {
              // The focus goes back to the button first.
              menu.current?.hidePopover();
              onAct(action);
            }}
          >
            {actionWords(action)}
          </button>
        ))}
      </div>
    </>
  );
}
