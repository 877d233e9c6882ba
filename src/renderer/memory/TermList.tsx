import { Pencil, Plus, SpellCheck2, Trash2 } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useStore } from 'zustand';
import { usuallyMatchesCase } from '../../shared/glossary';
import { glossaryTermSchema, type GlossaryTerm, type LanguagePair } from '../../shared/memory';
import { Button } from '../components/Button';
import { Switch } from '../components/Switch';
import { languageName, t } from '../i18n/i18n';
import { type SettingsStore } from '../settings/settings-store';
import { type MemoryStore } from './memory-store';
import styles from './MemoryPanel.module.css';

interface TermListProps {
  memory: MemoryStore;
  settings: SettingsStore;
}

/** The glossary: a line to add to it, and its terms. */
export function TermList({ memory, settings }: TermListProps) {
  const { terms, text, edited, languages } = useStore(memory);
  const isOn = useStore(settings, (state) => state.settings.glossary);
  const wanted = text.trim().toLowerCase();
  const found = terms?.filter(({ source, target, note }) => [source, target, note].some((part) => part.toLowerCase().includes(wanted)));
  return (
    <>
      <div className={styles.switches} role="group" aria-label={t('memory.use')}>
        <label className={styles.switch} title={t('memory.useTermsMeaning')}>
          <Switch label={t('memory.useTerms')} on={isOn} onChange={(on) => settings.change({ glossary: on })} />
          <span aria-hidden="true">{t('memory.useTerms')}</span>
        </label>
      </div>
      <TermForm key={`${languages.from} ${languages.to}`} term={null} languages={languages} memory={memory} />
      {found === undefined || terms === null ? null : terms.length === 0 ? (
        <section className={styles.empty} aria-label={t('memory.emptyTerms')}>
          <SpellCheck2 size={32} strokeWidth={1.5} aria-hidden="true" />
          <h2>{t('memory.emptyTerms')}</h2>
          <p>{t('memory.emptyTermsMeaning')}</p>
          <Button look="outlined" onClick={memory.import}>
            {t('memory.importTerms')}
          </Button>
        </section>
      ) : found.length === 0 ? (
        <p className={styles.nothing}>{t('memory.nothingFound')}</p>
      ) : (
        <ul className={styles.list} aria-label={t('memory.glossary')}>
          {found.map((term) => (
            <li key={term.id} className={styles.row} data-kind="term">
              {edited === term.id ? (
                <TermForm term={term} languages={languages} memory={memory} />
              ) : (
                <TermRow term={term} memory={memory} />
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function TermRow({ term: { id, from, to, source, target, matchCase, note }, memory }: { term: GlossaryTerm; memory: MemoryStore }) {
  return (
    <>
      <span className={styles.text} lang={from}>
        {source}
        {matchCase && <span className={styles.origin}>{t('memory.matchCase')}</span>}
      </span>
      <span className={styles.text} lang={to}>
        {target}
      </span>
      <span className={styles.facts}>
        <span className={styles.note}>{note}</span>
        <span className={styles.actions}>
          <Button
            icon={<Pencil size={14} aria-hidden="true" />}
            aria-label={t('memory.editTerm', { source })}
            title={t('memory.edit')}
            onClick={() => memory.edit(id)}
          />
          <Button
            icon={<Trash2 size={14} aria-hidden="true" />}
            aria-label={t('memory.forgetTerm', { source })}
            title={t('memory.forget')}
            onClick={() => memory.forgetTerm(id)}
          />
        </span>
      </span>
    </>
  );
}

/** `term` null: a new one. */
function TermForm({ term, languages, memory }: { term: GlossaryTerm | null; languages: LanguagePair; memory: MemoryStore }) {
  const [source, setSource] = useState(term?.source ?? '');
  const [target, setTarget] = useState(term?.target ?? '');
  const [note, setNote] = useState(term?.note ?? '');
  /** Null: as usual for the term. */
  const [chosenCase, setChosenCase] = useState<boolean | null>(term?.matchCase ?? null);
  const [isTried, setIsTried] = useState(false);
  const problem = useId();
  const matchCase = chosenCase ?? usuallyMatchesCase(source);
  const parsed = glossaryTermSchema.safeParse({ ...languages, source, target, note, matchCase });

  function save(event: SyntheticEvent) {
    event.preventDefault();
    setIsTried(true);
    if (!parsed.success) return;
    memory.saveTerm(term?.id ?? null, parsed.data);
    if (term !== null) return;
    setSource('');
    setTarget('');
    setNote('');
    setChosenCase(null);
    setIsTried(false);
  }
  function onKey(event: KeyboardEvent) {
    if (event.key !== 'Escape' || term === null) return;
    memory.edit(null);
    event.preventDefault();
  }
  const isWrong = isTried && !parsed.success;
  return (
    <form
      className={styles.form}
      aria-label={term === null ? t('memory.newTerm') : t('memory.editTerm', { source })}
      onSubmit={save}
      onKeyDown={onKey}
    >
      <Field
        label={languageName(languages.from)}
        value={source}
        lang={languages.from}
        isFirst={term !== null}
        isWrong={isWrong && source.trim() === ''}
        note={problem}
        onChange={setSource}
      />
      <Field
        label={languageName(languages.to)}
        value={target}
        lang={languages.to}
        isWrong={isWrong && target.trim() === ''}
        note={problem}
        onChange={setTarget}
      />
      <Field label={t('memory.note')} value={note} note={problem} onChange={setNote} />
      <span className={styles.formEnd}>
        <label className={styles.switch} title={t('memory.matchCaseMeaning')}>
          <input type="checkbox" checked={matchCase} onChange={(event) => setChosenCase(event.target.checked)} />
          {t('memory.matchCase')}
        </label>
        <span className={styles.actions}>
          <Button
            type="submit"
            look={term === null ? 'outlined' : 'primary'}
            icon={term === null ? <Plus size={16} aria-hidden="true" /> : undefined}
          >
            {term === null ? t('memory.add') : t('shell.save')}
          </Button>
          {term !== null && <Button onClick={() => memory.edit(null)}>{t('shell.cancel')}</Button>}
        </span>
      </span>
      <p id={problem} className={styles.problem} aria-live="polite">
        {isWrong && t('memory.termWrong')}
      </p>
    </form>
  );
}

interface FieldProps {
  label: string;
  value: string;
  lang?: string;
  isFirst?: boolean;
  isWrong?: boolean;
  /** Id of what is said about it. */
  note: string;
  onChange(value: string): void;
}

function Field({ label, value, lang, isFirst = false, isWrong = false, note, onChange }: FieldProps) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input
        type="text"
        value={value}
        lang={lang}
        maxLength={1000}
        autoFocus={isFirst}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? note : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
