import { Download, History, Search, Trash2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { type HistoryEntry } from '../../shared/history';
import { Button } from '../components/Button';
import { Switch } from '../components/Switch';
import { formatNumber, t } from '../i18n/i18n';
import { type SettingsStore } from '../settings/settings-store';
import { HistoryRow } from './HistoryRow';
import { type HistoryStore } from './history-store';
import styles from './HistoryPanel.module.css';

interface HistoryPanelProps {
  history: HistoryStore;
  settings: SettingsStore;
  /** Shows an entry where it was made. */
  onOpen(entry: HistoryEntry): void;
}

/** Names that are the same in every language. */
const FILES = { markdown: 'Markdown', json: 'JSON' };

/** What was translated on this machine: found again by its words, opened, copied, kept or forgotten. */
export function HistoryPanel({ history, settings, onOpen }: HistoryPanelProps) {
  const { query, entries, found, total, undoable, told } = useStore(history);
  const { keepHistory, privateMode } = useStore(settings, (state) => state.settings);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const isEmpty = total === 0;

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key === 'F6') (document.activeElement === search.current ? list : search).current?.focus();
      else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') search.current?.select();
      else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  function remove(id: number | null) {
    // What had the focus goes away with its row.
    list.current?.focus();
    history.remove(id);
  }

  return (
    <main className={styles.panel} aria-label={t('shell.history')}>
      <h1 className="visually-hidden">{t('shell.history')}</h1>
      <header className={styles.head}>
        <label className={styles.search}>
          <Search size={16} aria-hidden="true" />
          <input
            ref={search}
            type="search"
            aria-label={t('history.search')}
            placeholder={t('history.search')}
            value={query}
            spellCheck={false}
            autoFocus
            onChange={(event) => history.search(event.target.value)}
          />
        </label>
        <span className={styles.count} role="status">
          {entries !== null && !isEmpty && (query === '' ? t('history.entries', { count: total }) : t('history.found', { count: found }))}
        </span>
        <span className={styles.keep}>
          <Switch label={t('settings.keepHistory')} on={keepHistory} onChange={(on) => settings.change({ keepHistory: on })} />
          <span aria-hidden="true">{t('settings.keepHistory')}</span>
        </span>
        <span className={styles.actions}>
          <Button
            icon={<Download size={16} aria-hidden="true" />}
            aria-label={t('history.saveMarkdown')}
            title={t('history.saveMarkdown')}
            disabled={isEmpty}
            onClick={() => history.save('markdown')}
          >
            {FILES.markdown}
          </Button>
          <Button
            icon={<Download size={16} aria-hidden="true" />}
            aria-label={t('history.saveJson')}
            title={t('history.saveJson')}
            disabled={isEmpty}
            onClick={() => history.save('json')}
          >
            {FILES.json}
          </Button>
          <Button icon={<Trash2 size={16} aria-hidden="true" />} disabled={isEmpty} onClick={() => remove(null)}>
            {t('history.clearAll')}
          </Button>
        </span>
      </header>
      <div role="status" aria-live="polite">
        {privateMode && <p className={styles.notice}>{t('history.private')}</p>}
        {(undoable > 0 || told !== null) && (
          <div className={styles.notice} data-tone={told?.isBad === true ? 'bad' : 'plain'}>
            <span>{told?.words ?? t('history.removed', { count: undoable })}</span>
            {undoable > 0 && (
              <Button look="outlined" onClick={history.undo}>
                {t('shell.undo')}
              </Button>
            )}
            <Button
              icon={<X size={16} aria-hidden="true" />}
              aria-label={t('shell.putAway')}
              title={t('shell.putAway')}
              onClick={history.dismiss}
            />
          </div>
        )}
      </div>
      {entries === null ? (
        <p className={styles.quiet}>{t('history.reading')}</p>
      ) : isEmpty ? (
        <section className={styles.empty} aria-label={t('history.nothingYet')}>
          <History size={32} strokeWidth={1.5} aria-hidden="true" />
          <h2>{t('history.nothingYet')}</h2>
          <p>{keepHistory ? t('history.emptyMeaning') : t('history.offMeaning')}</p>
        </section>
      ) : (
        <div className={styles.scroller}>
          {found === 0 && <p className={styles.quiet}>{t('history.noneFound')}</p>}
          <ul ref={list} tabIndex={-1} className={styles.list} aria-label={t('shell.history')}>
            {entries.map((entry) => (
              <HistoryRow
                key={entry.id}
                entry={entry}
                onOpen={() => onOpen(entry)}
                onPin={() => history.pin(entry)}
                onCopy={() => history.copy(entry.output)}
                onRemove={() => remove(entry.id)}
              />
            ))}
          </ul>
          {entries.length < found && (
            <div className={styles.more}>
              <Button look="outlined" onClick={history.showMore}>
                {t('history.showMore', { number: formatNumber(found - entries.length) })}
              </Button>
            </div>
          )}
        </div>
      )}
    </main>
  );
}
