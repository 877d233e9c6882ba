import { FileArchive, FolderOpen, FolderPlus, Package, RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '../components/Button';
import { DropOverlay } from '../components/DropOverlay';
import { useFileDrop } from '../documents/file-drop';
import { type EngineStore } from '../engine/engine-store';
import { t } from '../i18n/i18n';
import { type SettingsStore } from '../settings/settings-store';
import { chooseWork } from '../translate/choice';
import { formatBytes } from '../units';
import { ImportNotice } from './ImportNotice';
import { PackCard } from './PackCard';
import { type PacksStore } from './packs-store';
import styles from './PacksPanel.module.css';

interface PacksPanelProps {
  engine: EngineStore;
  settings: SettingsStore;
  packs: PacksStore;
}

/** Which packs there are, whether they are sound, how good and how fast; and the way in and out for them. */
export function PacksPanel({ engine, settings, packs }: PacksPanelProps) {
  const { packs: entries, status, problem: engineProblem } = useStore(engine);
  const { library, processors, speeds, problem } = useStore(packs);
  const current = useStore(settings, (state) => state.settings);
  const chosen = chooseWork(entries ?? [], current)?.pack.id ?? null;
  const holdsFiles = useFileDrop(([file]) => file !== undefined && packs.drop(file));
  const isImporting = library?.import.kind === 'running';
  const usedBytes = (entries ?? []).reduce((sum, entry) => sum + (entry.state === 'ok' ? entry.bytes : 0), 0);
  const general = problem?.folder === null ? problem.message : engineProblem;

  const fallbackOf = (packId: string) => status?.packs.find((pack) => pack.packId === packId)?.fallback ?? null;

  // What is measured here is not of use elsewhere, and would slow it down.
  useEffect(() => () => packs.stopMeasuring(), [packs]);

  const importButtons = (
    <>
      <Button
        look={entries?.length === 0 ? 'primary' : 'outlined'}
        icon={<FolderPlus size={16} aria-hidden="true" />}
        disabled={isImporting}
        onClick={() => packs.choose('folder')}
      >
        {t('packs.importFolder')}
      </Button>
      <Button
        look="outlined"
        icon={<FileArchive size={16} aria-hidden="true" />}
        disabled={isImporting}
        onClick={() => packs.choose('zip')}
      >
        {t('packs.importZip')}
      </Button>
    </>
  );

  return (
    <main className={styles.panel} aria-label={t('shell.packs')}>
      <div className={styles.column}>
        <header className={styles.header}>
          <div>
            <h1>{t('shell.packs')}</h1>
            <p className={styles.note}>{t('packs.meaning')}</p>
          </div>
          <div className={styles.actions}>
            {entries?.length !== 0 && importButtons}
            <Button icon={<FolderOpen size={16} aria-hidden="true" />} onClick={() => engine.openPacksFolder()}>
              {t('packs.openFolder')}
            </Button>
            <Button icon={<RefreshCw size={16} aria-hidden="true" />} onClick={() => engine.rescanPacks()}>
              {t('packs.lookAgain')}
            </Button>
          </div>
        </header>
        {library !== null && (
          <ImportNotice state={library.import} onAnswer={packs.answer} onCancel={packs.cancelImport} onDismiss={packs.dismiss} />
        )}
        {general !== null && (
          <p className={styles.problem} role="alert">
            {general}
          </p>
        )}
        {entries === null ? (
          <p className={styles.note}>{t('packs.looking')}</p>
        ) : entries.length === 0 ? (
          <section className={styles.empty} aria-label={t('packs.noneHere')}>
            <Package size={32} strokeWidth={1.5} aria-hidden="true" />
            <h2>{t('packs.noneHere')}</h2>
            <p>{t('packs.noneMeaning')}</p>
            <div className={styles.actions}>{importButtons}</div>
          </section>
        ) : (
          <>
            <ul aria-label={t('packs.listed')}>
              {entries.map((entry) => (
                <li key={entry.folder}>
                  <PackCard
                    entry={entry}
                    check={library?.checks[entry.folder] ?? 'waiting'}
                    speed={entry.state === 'ok' ? (speeds[entry.manifest.id] ?? null) : null}
                    processors={processors}
                    isCpuOnly={current.processor === 'cpu'}
                    fallback={entry.state === 'ok' ? fallbackOf(entry.manifest.id) : null}
                    isChosen={entry.state === 'ok' && entry.manifest.id === chosen}
                    isRemovable={library?.removable.includes(entry.folder) ?? false}
                    problem={problem?.folder === entry.folder ? problem.message : null}
                    packs={packs}
                    onUse={(packId) => settings.change({ packId })}
                  />
                </li>
              ))}
            </ul>
            {library !== null && (
              <p className={styles.note}>
                {t('packs.diskUse', { count: entries.length, used: formatBytes(usedBytes), free: formatBytes(library.freeBytes) })}
              </p>
            )}
          </>
        )}
      </div>
      {holdsFiles && <DropOverlay title={t('packs.dropToImport')} words={t('packs.dropMeaning')} />}
    </main>
  );
}
