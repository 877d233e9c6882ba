import { Download, Search, Upload } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { type LanguagePair, type MemoryCounts } from '../../shared/memory';
import { isTranslating } from '../../shared/pack';
import { Button } from '../components/Button';
import { Segmented } from '../components/Segmented';
import { Select } from '../components/Select';
import { type EngineStore } from '../engine/engine-store';
import { formatNumber, languageName, t } from '../i18n/i18n';
import { type SettingsStore } from '../settings/settings-store';
import { chooseWork, usablePacks } from '../translate/choice';
import { type MemoryStore } from './memory-store';
import { MemoryNotice } from './MemoryNotice';
import { PairList } from './PairList';
import { TermList } from './TermList';
import styles from './MemoryPanel.module.css';

interface MemoryPanelProps {
  engine: EngineStore;
  settings: SettingsStore;
  memory: MemoryStore;
}

/** What is remembered of one pair of languages: translations, and terms. */
export function MemoryPanel({ engine, settings, memory }: MemoryPanelProps) {
  const packs = useStore(engine, (state) => state.packs);
  const current = useStore(settings, (state) => state.settings);
  const { overview, languages, list, text, isImporting, done, problem } = useStore(memory);
  const choice = chooseWork(packs ?? [], current);
  const from = choice?.from ?? current.from;
  const to = choice?.to ?? current.to;
  useEffect(() => memory.show({ from, to }), [memory, from, to]);
  const pairs = useMemo(() => knownPairs(packs, overview?.languages ?? [], languages), [packs, overview, languages]);
  const counts = overview?.languages.find((known) => known.from === languages.from && known.to === languages.to);

  return (
    <main className={styles.panel} aria-label={t('shell.memory')}>
      <h1 className="visually-hidden">{t('shell.memory')}</h1>
      <header className={styles.decisions}>
        <Select
          label={t('memory.languages')}
          look="strong"
          value={`${languages.from} ${languages.to}`}
          options={pairs.map((pair) => ({
            value: `${pair.from} ${pair.to}`,
            label: t('shell.pair', { from: languageName(pair.from), to: languageName(pair.to) }),
          }))}
          onChange={(value) => {
            const [first = '', second = ''] = value.split(' ');
            memory.show({ from: first, to: second });
          }}
        />
        <Segmented
          label={t('memory.lists')}
          value={list}
          options={[
            { value: 'pairs', label: t('memory.translations'), meaning: t('memory.translationsMeaning') },
            { value: 'terms', label: t('memory.glossary'), meaning: t('memory.glossaryMeaning') },
          ]}
          onChange={memory.setList}
        />
        <span className={styles.files}>
          <Button
            look="outlined"
            icon={<Upload size={16} aria-hidden="true" />}
            aria-disabled={isImporting}
            onClick={() => !isImporting && memory.import()}
          >
            {isImporting ? t('memory.importing') : t('memory.import')}
          </Button>
          <Button icon={<Download size={16} aria-hidden="true" />} onClick={memory.export}>
            {t('memory.export')}
          </Button>
        </span>
      </header>
      <div className={styles.bar} role="search">
        <span className={styles.search}>
          <Search size={16} aria-hidden="true" />
          <input
            type="search"
            aria-label={list === 'pairs' ? t('memory.searchPairs') : t('memory.searchTerms')}
            placeholder={list === 'pairs' ? t('memory.searchPairs') : t('memory.searchTerms')}
            value={text}
            onChange={(event) => memory.search(event.target.value)}
          />
        </span>
        <span className={styles.counts}>{countWords(list, counts)}</span>
      </div>
      <MemoryNotice notice={overview?.notice ?? null} done={done} problem={problem} onDismiss={memory.dismiss} />
      <div className={styles.body}>
        {list === 'pairs' ? (
          <PairList memory={memory} settings={settings} counts={counts} />
        ) : (
          <TermList memory={memory} settings={settings} />
        )}
      </div>
    </main>
  );
}

/** Those that packs translate, and those that there is something of. */
function knownPairs(
  packs: Parameters<typeof usablePacks>[0] | null,
  counted: readonly LanguagePair[],
  shown: LanguagePair,
): LanguagePair[] {
  const tasks = usablePacks(packs ?? [])
    .filter(isTranslating)
    .flatMap((pack) => pack.tasks);
  const all = new Map([...tasks, ...counted, shown].map(({ from, to }) => [`${from} ${to}`, { from, to }]));
  return [...all.values()];
}

function countWords(list: 'pairs' | 'terms', counts: MemoryCounts | undefined): string {
  if (list === 'terms') return t('memory.terms', { count: counts?.terms ?? 0 });
  const { person = 0, imported = 0, machine = 0 } = counts?.pairs ?? {};
  const all = t('memory.pairs', { count: person + imported + machine });
  const parts = [
    ...(person > 0 ? [t('memory.countPerson', { number: formatNumber(person) })] : []),
    ...(imported > 0 ? [t('memory.countImported', { number: formatNumber(imported) })] : []),
    ...(machine > 0 ? [t('memory.countMachine', { number: formatNumber(machine) })] : []),
  ];
  return parts.length === 0 ? all : `${all}: ${parts.join(', ')}`;
}
