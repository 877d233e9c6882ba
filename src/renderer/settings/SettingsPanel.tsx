import { FolderOpen, RefreshCw } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { type PackEntry, type Settings, type SettingsPatch } from '../../shared/app-api';
import { Button } from '../components/Button';
import { Segmented } from '../components/Segmented';
import { Select } from '../components/Select';
import { Switch } from '../components/Switch';
import { PROVIDER_NAMES } from '../engine/EnginePill';
import { MODIFIER } from '../keys';
import { type EngineStore } from '../engine/engine-store';
import {
  chooseWork,
  LANE_MEANINGS,
  LANE_NAMES,
  languageName,
  offeredLanes,
  usablePacks,
  widestBeam,
  type Choice,
} from '../translate/choice';
import { folderName } from '../translate/problem';
import { LIVE_LIMIT } from '../translate/translate-store';
import { formatBytes } from '../units';
import { type SettingsStore } from './settings-store';
import styles from './SettingsPanel.module.css';

const THEMES = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export function SettingsPanel({ engine, settings }: { engine: EngineStore; settings: SettingsStore }) {
  const { settings: current, problem } = useStore(settings);
  const { packs, info, status, problem: engineProblem } = useStore(engine);
  const choice = chooseWork(packs ?? [], current);
  const change = (patch: SettingsPatch) => settings.change(patch);
  const sessions = status?.packs.find((pack) => pack.packId === choice?.pack.id)?.sessions ?? [];
  const providers = [...new Set(sessions.map((session) => PROVIDER_NAMES[session.provider]))];

  return (
    <main className={styles.panel} aria-label="Settings">
      <div className={styles.column}>
        <h1>Settings</h1>
        {(problem ?? engineProblem) !== null && (
          <p className={styles.problem} role="alert">
            {problem ?? engineProblem}
          </p>
        )}
        <Group title="Appearance">
          <Row name="Theme">
            <Segmented label="Theme" options={THEMES} value={current.theme} onChange={(theme) => change({ theme })} />
          </Row>
        </Group>
        <Group title="Translation">
          {choice !== null && <LaneRow choice={choice} onChange={change} />}
          <Row
            name="Translate while typing"
            note={`Up to ${LIVE_LIMIT.toLocaleString('en')} characters; longer text waits for ${MODIFIER}Enter.`}
          >
            <Switch
              label="Translate while typing"
              on={current.liveTranslation}
              onChange={(liveTranslation) => change({ liveTranslation })}
            />
          </Row>
          <BeamRow current={current} choice={choice} onChange={change} />
        </Group>
        <Group title="Engine">
          <Row
            name="Runs on"
            note={sessions.length === 0 ? undefined : `Threads: ${threadWords(sessions.map((session) => session.threads))}`}
          >
            <span>{providers.length > 0 ? providers.join(' and ') : PROVIDER_NAMES[current.provider]}</span>
          </Row>
        </Group>
        <Group title="Packs">
          <PackList packs={packs} chosen={choice?.pack.id ?? null} onChoose={(packId) => change({ packId })} />
          <div className={styles.actions}>
            <Button look="outlined" icon={<FolderOpen size={16} aria-hidden="true" />} onClick={() => engine.openPacksFolder()}>
              Open the packs folder
            </Button>
            <Button icon={<RefreshCw size={16} aria-hidden="true" />} onClick={() => engine.rescanPacks()}>
              Look for packs again
            </Button>
          </div>
        </Group>
        {info !== null && (
          <Group title="About">
            <dl className={styles.about}>
              <dt>Tandem</dt>
              <dd>{info.version}</dd>
              <dt>Machine</dt>
              <dd>{info.machine}</dd>
              <dt>Electron</dt>
              <dd>
                {info.electron} · Chrome {info.chrome} · Node {info.node} · {info.platform}
              </dd>
              <dt>Pack folders</dt>
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
    <Row name="Lane" note={LANE_MEANINGS[choice.lane]}>
      <Segmented
        label="Lane"
        options={offeredLanes(choice.pack).map((lane) => ({ value: lane, label: LANE_NAMES[lane] }))}
        value={choice.lane}
        onChange={(lane) => onChange({ lane })}
      />
    </Row>
  );
}

const BEAM_WIDTHS = [1, 2, 3, 4, 5, 6, 7, 8];

function BeamRow({ current, choice, onChange }: { current: Settings; choice: Choice | null; onChange(patch: SettingsPatch): void }) {
  const isExact = choice?.lane === 'exact';
  const widest = isExact ? 1 : choice === null ? 8 : widestBeam(choice.pack);
  const allowing = isExact ? `The ${LANE_NAMES.exact} lane` : choice?.pack.name;
  const limit = widest < 8 && allowing !== undefined ? ` ${allowing} allows up to ${widest}.` : '';
  return (
    <Row name="Beam width" note={`How many versions of a sentence are kept while writing: more is slower and often better.${limit}`}>
      <Select
        label="Beam width"
        value={String(choice?.beamWidth ?? current.beamWidth)}
        options={BEAM_WIDTHS.map((width) => ({
          value: String(width),
          label: width === 1 ? '1 (greedy)' : String(width),
          disabled: width > widest,
        }))}
        onChange={(width) => onChange({ beamWidth: Number(width) })}
      />
    </Row>
  );
}

function PackList({
  packs,
  chosen,
  onChoose,
}: {
  packs: readonly PackEntry[] | null;
  chosen: string | null;
  onChoose(packId: string): void;
}) {
  if (packs === null) return <p className={styles.note}>Looking for packs</p>;
  if (packs.length === 0) return <p className={styles.note}>No pack found. A pack holds the models and languages.</p>;
  const selectable = usablePacks(packs).length > 1;
  return (
    <ul className={styles.packs}>
      {packs.map((entry) => (
        <li key={entry.folder} className={styles.pack}>
          {entry.state === 'ok' ? (
            <>
              <div>
                <strong>{entry.manifest.name}</strong> {entry.manifest.version}
                <p className={styles.note}>
                  {entry.manifest.tasks.map((task) => `${languageName(task.from)} to ${languageName(task.to)}`).join(', ')}
                </p>
                <p className={styles.note}>
                  {formatBytes(entry.bytes)} · {entry.manifest.licence} · {entry.bundled ? 'came with the app' : 'added'}
                </p>
              </div>
              {entry.manifest.id === chosen ? (
                <span className={styles.inUse}>In use</span>
              ) : (
                selectable && (
                  <Button look="outlined" onClick={() => onChoose(entry.manifest.id)}>
                    Use
                  </Button>
                )
              )}
            </>
          ) : (
            <div>
              <strong>{folderName(entry.folder)}</strong>
              <p className={styles.damage}>{entry.problem}</p>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.group} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Row({ name, note, children }: { name: string; note?: string | undefined; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <div>
        <span>{name}</span>
        {note !== undefined && <p className={styles.note}>{note}</p>}
      </div>
      {children}
    </div>
  );
}

function threadWords(threads: readonly number[]): string {
  const least = Math.min(...threads);
  const most = Math.max(...threads);
  return least === most ? String(least) : `${least} to ${most}`;
}
