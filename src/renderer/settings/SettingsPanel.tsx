import { FolderOpen, RefreshCw } from 'lucide-react';
import { useStore } from 'zustand';
import { type AppApi, type Settings, type SettingsPatch } from '../../shared/app-api';
import { INTERFACE_LANGUAGES, languageChoiceSchema } from '../../shared/language';
import { Button } from '../components/Button';
import { CopyDiagnosis } from '../components/CopyDiagnosis';
import { Segmented } from '../components/Segmented';
import { Select } from '../components/Select';
import { Switch } from '../components/Switch';
import { type DocumentsStore } from '../documents/documents-store';
import { PROVIDER_NAMES } from '../engine/EnginePill';
import { formatList, formatNumber, ownName, t } from '../i18n/i18n';
import { MODIFIER } from '../keys';
import { type EngineStore } from '../engine/engine-store';
import { chooseWork, laneChoices, laneMeaning, laneName, usualWidth, widestBeam, type Choice } from '../translate/choice';
import { folderName } from '../translate/problem';
import { LIVE_LIMIT } from '../translate/translate-store';
import { DocumentCoresRow } from './DocumentCoresRow';
import { NameRow } from './NameRow';
import { PackChoice } from './PackChoice';
import { PackMemoryRow } from './PackMemoryRow';
import { type PacksFolderStore } from './packs-folder-store';
import { PacksFolderRow } from './PacksFolderRow';
import { Group, Row } from './Rows';
import { type SettingsStore } from './settings-store';
import { TrayRow } from './TrayRow';
import styles from './SettingsPanel.module.css';

/** As main registers them (clipboard-shortcut.ts). */
const CLIPBOARD_KEYS = MODIFIER === '⌘' ? '⌥⌘T' : 'Ctrl+Alt+T';

/** More than these gain nothing in reading. */
const THREADS = Array.from({ length: Math.min(8, navigator.hardwareConcurrency) }, (_, index) => index + 1);

const themes = () =>
  [
    { value: 'system', label: t('settings.system') },
    { value: 'light', label: t('settings.light') },
    { value: 'dark', label: t('settings.dark') },
  ] as const;

interface SettingsPanelProps {
  app: AppApi;
  engine: EngineStore;
  settings: SettingsStore;
  documents: DocumentsStore;
  packsFolder: PacksFolderStore;
}

export function SettingsPanel({ app, engine, settings, documents, packsFolder }: SettingsPanelProps) {
  const { settings: current, problem } = useStore(settings);
  const { packs, info, status, problem: engineProblem } = useStore(engine);
  const choice = chooseWork(packs ?? [], current);
  const change = (patch: SettingsPatch) => settings.change(patch);
  const sessions = status?.packs.find((pack) => pack.packId === choice?.pack.id)?.sessions ?? [];
  const outputFolder = useStore(documents, (state) => state.queue?.outputFolder ?? null);
  const providers = [...new Set(sessions.map((session) => PROVIDER_NAMES[session.provider]))];

  return (
    <main className={styles.panel} aria-label={t('shell.settings')}>
      <div className={styles.column}>
        <h1>{t('shell.settings')}</h1>
        {(problem ?? engineProblem) !== null && (
          <p className={styles.problem} role="alert">
            {problem ?? engineProblem}
          </p>
        )}
        <Group title={t('settings.appearance')}>
          <Row name={t('settings.theme')}>
            <Segmented label={t('settings.theme')} options={themes()} value={current.theme} onChange={(theme) => change({ theme })} />
          </Row>
          <Row name={t('settings.language')} note={t('settings.languageNote')}>
            <Select
              label={t('settings.language')}
              value={current.language}
              options={[
                { value: 'system', label: t('settings.system') },
                ...INTERFACE_LANGUAGES.map((language) => ({ value: language, label: ownName(language) })),
              ]}
              onChange={(language) => change({ language: languageChoiceSchema.parse(language) })}
            />
          </Row>
        </Group>
        <Group title={t('settings.translation')}>
          {choice !== null && <LaneRow choice={choice} onChange={change} />}
          <Row name={t('settings.live')} note={t('settings.liveNote', { limit: formatNumber(LIVE_LIMIT), keys: `${MODIFIER}Enter` })}>
            <Switch label={t('settings.live')} on={current.liveTranslation} onChange={(liveTranslation) => change({ liveTranslation })} />
          </Row>
          <BeamRow current={current} choice={choice} onChange={change} />
        </Group>
        <Group title={t('shell.documents')}>
          <Row name={t('settings.outputFolder')} note={t('settings.outputFolderNote')}>
            <Select
              label={t('settings.outputFolder')}
              value={outputFolder === null ? 'beside' : 'chosen'}
              options={[
                { value: 'beside', label: t('settings.beside') },
                ...(outputFolder === null ? [] : [{ value: 'chosen', label: folderName(outputFolder) }]),
                { value: 'ask', label: t('settings.chooseFolder') },
              ]}
              onChange={(where) => (where === 'ask' || where === 'beside') && documents.chooseOutputFolder(where)}
            />
          </Row>
          <NameRow pattern={current.namePattern} onChange={(namePattern) => change({ namePattern })} />
          <DocumentCoresRow chosen={current.documentCores} onChange={(documentCores) => change({ documentCores })} />
        </Group>
        <Group title={t('settings.privacy')}>
          <Row name={t('settings.privateMode')} note={t('settings.privateNote')}>
            <Switch label={t('settings.privateMode')} on={current.privateMode} onChange={(privateMode) => change({ privateMode })} />
          </Row>
          <Row name={t('settings.keepHistory')} note={t('settings.keepHistoryNote')}>
            <Switch label={t('settings.keepHistory')} on={current.keepHistory} onChange={(keepHistory) => change({ keepHistory })} />
          </Row>
        </Group>
        <Group title={t('settings.desktop')}>
          <Row name={t('settings.notifications')} note={t('settings.notificationsNote')}>
            <Switch
              label={t('settings.notifications')}
              on={current.notifications}
              onChange={(notifications) => change({ notifications })}
            />
          </Row>
          <Row name={t('settings.clipboard', { keys: CLIPBOARD_KEYS })} note={t('settings.clipboardNote')}>
            <Switch
              label={t('settings.clipboard', { keys: CLIPBOARD_KEYS })}
              on={current.clipboardShortcut}
              onChange={(clipboardShortcut) => change({ clipboardShortcut })}
            />
          </Row>
          <TrayRow app={app} on={current.tray} onChange={(tray) => change({ tray })} />
        </Group>
        <Group title={t('settings.engine')}>
          <Row name={t('settings.processor')} note={t('settings.processorNote', { packs: t('shell.packs') })}>
            <Segmented
              label={t('settings.processor')}
              options={[
                { value: 'automatic', label: t('settings.automatic') },
                { value: 'cpu', label: t('settings.cpuOnly') },
              ]}
              value={current.processor}
              onChange={(processor) => change({ processor })}
            />
          </Row>
          <Row name={t('settings.threadsName')} note={t('settings.threadsNote')}>
            <Select
              label={t('settings.threadsName')}
              value={current.threads === null ? 'automatic' : String(current.threads)}
              options={[
                { value: 'automatic', label: t('settings.automatic') },
                ...THREADS.map((count) => ({ value: String(count), label: t('settings.threadCount', { count }) })),
              ]}
              onChange={(chosen) => change({ threads: chosen === 'automatic' ? null : Number(chosen) })}
            />
          </Row>
          <PackMemoryRow engine={engine} chosen={current.packMemoryBytes} onChange={change} />
          <Row
            name={t('settings.runsOn')}
            note={
              sessions.length === 0
                ? undefined
                : t('settings.threads', { threads: threadWords(sessions.map((session) => session.threads)) })
            }
          >
            <span>{providers.length > 0 ? formatList(providers) : PROVIDER_NAMES.cpu}</span>
          </Row>
        </Group>
        <Group title={t('shell.packs')}>
          <PackChoice packs={packs} chosen={choice?.pack.id ?? null} onChoose={(packId) => change({ packId })} />
          <PacksFolderRow packsFolder={packsFolder} />
          <div className={styles.actions}>
            <Button look="outlined" icon={<FolderOpen size={16} aria-hidden="true" />} onClick={() => engine.openPacksFolder()}>
              {t('settings.openPacks')}
            </Button>
            <Button icon={<RefreshCw size={16} aria-hidden="true" />} onClick={() => engine.rescanPacks()}>
              {t('settings.lookAgain')}
            </Button>
          </div>
        </Group>
        <Group title={t('diagnosis.title')}>
          <Row name={t('diagnosis.copy')} note={t('diagnosis.copyMeaning')}>
            <CopyDiagnosis />
          </Row>
        </Group>
        {info !== null && (
          <Group title={t('settings.about')}>
            <dl className={styles.about}>
              <dt>Tandem</dt>
              <dd>{info.version}</dd>
              <dt>{t('settings.machine')}</dt>
              <dd>{info.machine}</dd>
              <dt>Electron</dt>
              <dd>
                {info.electron} · Chrome {info.chrome} · Node {info.node} · {info.platform}
              </dd>
              <dt>{t('settings.packFolders')}</dt>
              <dd>
                {info.packFolders.map((folder) => (
                  <div key={folder}>{folder}</div>
                ))}
              </dd>
            </dl>
          </Group>
        )}
      </div>
    </main>
  );
}

function LaneRow({ choice, onChange }: { choice: Choice; onChange(patch: SettingsPatch): void }) {
  return (
    <Row name={t('shell.lane')} note={laneMeaning(choice.chosen)}>
      <Segmented
        label={t('shell.lane')}
        options={laneChoices(choice.pack).map((lane) => ({ value: lane, label: laneName(lane) }))}
        value={choice.chosen}
        onChange={(lane) => onChange({ lane })}
      />
    </Row>
  );
}

const BEAM_WIDTHS = [1, 2, 3, 4, 5, 6, 7, 8];
/** Of the choice that leaves the width to the model. */
const USUAL = 'usual';

const widthName = (width: number) => (width === 1 ? t('settings.greedy', { width }) : String(width));

function BeamRow({ current, choice, onChange }: { current: Settings; choice: Choice | null; onChange(patch: SettingsPatch): void }) {
  const isExact = choice?.lane === 'exact';
  const widest = isExact ? 1 : choice === null ? 8 : widestBeam(choice.pack);
  const allowing = isExact ? t('settings.exactLane', { lane: laneName('exact') }) : choice?.pack.name;
  const usual = t('settings.usualBeam', { width: widthName(choice === null ? 1 : usualWidth(choice.pack, choice.chosen)) });
  const limit = widest < 8 && allowing !== undefined ? ` ${t('settings.beamLimit', { allowing, widest })}` : '';
  return (
    <Row name={t('settings.beamWidth')} note={`${t('settings.beamNote')}${limit}`}>
      <Select
        label={t('settings.beamWidth')}
        value={current.beamWidth === null ? USUAL : String(choice?.beamWidth ?? current.beamWidth)}
        options={[
          { value: USUAL, label: usual },
          ...BEAM_WIDTHS.map((width) => ({ value: String(width), label: widthName(width), disabled: width > widest })),
        ]}
        onChange={(width) => onChange({ beamWidth: width === USUAL ? null : Number(width) })}
      />
    </Row>
  );
}

function threadWords(threads: readonly number[]): string {
  const least = Math.min(...threads);
  const most = Math.max(...threads);
  return least === most ? String(least) : t('settings.threadRange', { least, most });
}
