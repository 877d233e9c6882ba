import { BookMarked, Pencil, Trash2 } from 'lucide-react';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { textOf } from '../../shared/inlines';
import { type MemoryCounts, type MemoryPair } from '../../shared/memory';
import { Button } from '../components/Button';
import { Switch } from '../components/Switch';
import { InlineText } from '../documents/InlineText';
import { numberMarkers, readMarked, toMarked } from '../documents/markers';
import { markerWords } from '../documents/words';
import { formatDateTime, t } from '../i18n/i18n';
import { MODIFIER } from '../keys';
import { type SettingsStore } from '../settings/settings-store';
import { textDirection } from '../text-direction';
import { originWords } from './origin-words';
import { type MemoryStore } from './memory-store';
import styles from './MemoryPanel.module.css';

interface PairListProps {
  memory: MemoryStore;
  settings: SettingsStore;
  counts: MemoryCounts | undefined;
}

/** The translations that are remembered, newest first. */
export function PairList({ memory, settings, counts }: PairListProps) {
  const { pairs, text, edited } = useStore(memory);
  const { memory: isOn, anyMachine } = useStore(settings, (state) => state.settings);
  const machine = counts?.pairs.machine ?? 0;
  return (
    <>
      <div className={styles.switches} role="group" aria-label={t('memory.use')}>
        <label className={styles.switch}>
          <Switch label={t('memory.keep')} on={isOn} onChange={(on) => settings.change({ memory: on })} />
          <span aria-hidden="true">{t('memory.keep')}</span>
        </label>
        <label className={styles.switch} title={t('memory.anyMachineMeaning')}>
          <Switch label={t('memory.anyMachine')} on={anyMachine} onChange={(on) => settings.change({ anyMachine: on })} />
          <span aria-hidden="true">{t('memory.anyMachine')}</span>
        </label>
        {machine > 0 && <ClearMachine count={machine} onClear={() => memory.clear('machine')} />}
      </div>
      {pairs === null ? null : pairs.total === 0 ? (
        text.trim() === '' ? (
          <section className={styles.empty} aria-label={t('memory.emptyPairs')}>
            <BookMarked size={32} strokeWidth={1.5} aria-hidden="true" />
            <h2>{t('memory.emptyPairs')}</h2>
            <p>{t('memory.emptyPairsMeaning')}</p>
            <Button look="primary" onClick={memory.import}>
              {t('memory.importTmx')}
            </Button>
          </section>
        ) : (
          <p className={styles.nothing}>{t('memory.nothingFound')}</p>
        )
      ) : (
        <>
          <ul className={styles.list} aria-label={t('memory.translations')}>
            {pairs.page.map((pair) => (
              <li key={pair.id} className={styles.row}>
                <PairRow pair={pair} isEdited={edited === pair.id} memory={memory} />
              </li>
            ))}
          </ul>
          {pairs.page.length < pairs.total && (
            <div className={styles.more}>
              <Button look="outlined" onClick={memory.more}>
                {t('memory.more', { count: pairs.total - pairs.page.length })}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

/** Asked twice: it cannot be taken back. */
function ClearMachine({ count, onClear }: { count: number; onClear(): void }) {
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) return <Button onClick={() => setIsAsking(true)}>{t('memory.clearMachine')}</Button>;
  return (
    <span className={styles.switch} role="alert">
      {t('memory.clearMachineAsk', { count })}
      <Button
        look="outlined"
        onClick={() => {
          setIsAsking(false);
          onClear();
        }}
      >
        {t('memory.forget')}
      </Button>
      <Button onClick={() => setIsAsking(false)}>{t('shell.cancel')}</Button>
    </span>
  );
}

function PairRow({ pair, isEdited, memory }: { pair: MemoryPair; isEdited: boolean; memory: MemoryStore }) {
  const { id, from, to, source, translation, pairs, changedMs } = pair;
  const numbers = useMemo(() => numberMarkers(source), [source]);
  return (
    <>
      <div className={styles.text} lang={from} dir={textDirection(textOf(source))}>
        <InlineText inlines={source} numbers={numbers} pairs={pairs} />
      </div>
      {isEdited ? (
        <PairEditor pair={pair} memory={memory} />
      ) : (
        <div className={styles.text} lang={to} dir={textDirection(textOf(translation))}>
          <InlineText inlines={translation} numbers={numbers} pairs={pairs} />
        </div>
      )}
      <div className={styles.facts}>
        <span className={styles.origin} data-origin={pair.origin} title={formatDateTime(new Date(changedMs))}>
          {originWords(pair)}
        </span>
        {!isEdited && (
          <span className={styles.actions}>
            <Button
              icon={<Pencil size={14} aria-hidden="true" />}
              aria-label={t('memory.editPair', { source: textOf(source) })}
              title={t('memory.edit')}
              onClick={() => memory.edit(id)}
            />
            <Button
              icon={<Trash2 size={14} aria-hidden="true" />}
              aria-label={t('memory.forgetPair', { source: textOf(source) })}
              title={t('memory.forget')}
              onClick={() => memory.forgetPair(id)}
            />
          </span>
        )}
      </div>
    </>
  );
}

function PairEditor({ pair: { id, source, translation, pairs, to }, memory }: { pair: MemoryPair; memory: MemoryStore }) {
  const [text, setText] = useState(() => toMarked(translation, numberMarkers(source)));
  const note = useId();
  const read = readMarked(text, source, pairs);

  function save() {
    if (read.kind === 'ok') memory.changePair(id, read.inlines);
  }
  function onKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
    else if (event.key === 'Escape') memory.edit(null);
    else return;
    event.preventDefault();
  }
  return (
    <div className={styles.editor} onKeyDown={onKey}>
      <textarea
        aria-label={t('memory.translationOf', { source: textOf(source) })}
        aria-describedby={note}
        aria-invalid={read.kind === 'wrong'}
        value={text}
        autoFocus
        rows={Math.min(6, 1 + Math.floor(text.length / 50))}
        lang={to}
        dir={textDirection(text)}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <p id={note} className={styles.problem} aria-live="polite">
        {read.kind === 'wrong' && markerWords(read.problem)}
      </p>
      <div className={styles.actions}>
        <Button look="primary" keys={`${MODIFIER}Enter`} aria-disabled={read.kind === 'wrong'} onClick={save}>
          {t('shell.save')}
        </Button>
        <Button keys="Esc" onClick={() => memory.edit(null)}>
          {t('shell.cancel')}
        </Button>
      </div>
    </div>
  );
}
