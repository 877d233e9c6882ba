import { ArrowLeftRight } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { type AppApi, type MenuCommand } from '../../shared/app-api';
import { Button } from '../components/Button';
import { Segmented } from '../components/Segmented';
import { Select } from '../components/Select';
import { Tip } from '../components/Tip';
import { EnginePill } from '../engine/EnginePill';
import { engineCondition, type EngineStore } from '../engine/engine-store';
import { MODIFIER } from '../keys';
import { type SettingsStore } from '../settings/settings-store';
import {
  canSwap,
  chooseWork,
  LANE_MEANINGS,
  LANE_NAMES,
  languageName,
  packLanes,
  sourceLanguages,
  targetLanguages,
  type Choice,
} from './choice';
import { findProblem, type Remedy } from './problem';
import { SourcePane } from './SourcePane';
import { StageTimeline } from './StageTimeline';
import { TargetPane } from './TargetPane';
import { type TranslateStore } from './translate-store';
import styles from './TranslatePanel.module.css';

interface TranslatePanelProps {
  app: AppApi;
  engine: EngineStore;
  settings: SettingsStore;
  translation: TranslateStore;
  isShown: boolean;
  onOpenSettings(): void;
}

export function TranslatePanel({ app, engine, settings, translation, isShown, onOpenSettings }: TranslatePanelProps) {
  const current = useStore(settings, (state) => state.settings);
  const engineState = useStore(engine);
  const generation = useStore(translation, (state) => state.generation);
  const eventAtMs = useStore(translation, (state) => state.eventAtMs);
  const measurements = useStore(translation, (state) => state.measurements);
  const choice = useMemo(() => chooseWork(engineState.packs ?? [], current), [engineState.packs, current]);
  const condition = engineCondition(engineState, choice?.pack.id ?? null);
  const textArea = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);

  function swap() {
    if (choice === null || !canSwap(choice)) return;
    translation.takeOutputAsSource();
    settings.change({ from: choice.to, to: choice.from });
  }

  function run(command: MenuCommand) {
    if (command === 'translate') translation.translate();
    if (command === 'cancel') translation.cancel();
    if (command === 'swapLanguages') swap();
  }

  useCommands(app, isShown, run, () => {
    const next = document.activeElement === textArea.current ? scroller.current : textArea.current;
    next?.focus();
  });

  function mend(remedy: Remedy) {
    switch (remedy) {
      case 'translate':
        return translation.translate();
      case 'restart':
        return engine.restart();
      case 'rescan':
        return engine.rescanPacks();
      case 'open-packs':
        return engine.openPacksFolder();
      case 'settings':
        return onOpenSettings();
      default:
        return remedy satisfies never;
    }
  }

  return (
    <main className={styles.panel} hidden={!isShown} aria-label="Translate">
      <h1 className="visually-hidden">Translate</h1>
      <header className={styles.decisions}>
        <Languages choice={choice} onChange={(from, to) => settings.change({ from, to })} onSwap={swap} />
        {choice !== null && (
          <Segmented
            label="Lane"
            value={choice.lane}
            options={packLanes(choice.pack).map((lane) => ({ value: lane, label: LANE_NAMES[lane], meaning: LANE_MEANINGS[lane] }))}
            onChange={(lane) => settings.change({ lane })}
          />
        )}
        <EnginePill engine={engine} pack={choice?.pack ?? null} condition={condition} />
      </header>
      <div className={styles.panes}>
        <SourcePane app={app} translation={translation} language={choice?.from} isLive={current.liveTranslation} textArea={textArea} />
        <TargetPane
          app={app}
          translation={translation}
          choice={choice}
          condition={condition}
          problem={findProblem(condition, engineState.packs, generation)}
          onRemedy={mend}
          scroller={scroller}
        />
      </div>
      <StageTimeline generation={generation} eventAtMs={eventAtMs} measurements={measurements} />
    </main>
  );
}

interface LanguagesProps {
  choice: Choice | null;
  onChange(from: string, to: string): void;
  onSwap(): void;
}

function Languages({ choice, onChange, onSwap }: LanguagesProps) {
  if (choice === null) return <div className={styles.languages} />;
  const { pack, from, to } = choice;
  const targets = targetLanguages(pack, from);
  const named = (language: string) => ({ value: language, label: languageName(language) });
  const possible = canSwap(choice);
  return (
    <div className={styles.languages}>
      <Select
        label="From"
        look="strong"
        value={from}
        options={sourceLanguages(pack).map(named)}
        onChange={(language) => {
          const reachable = targetLanguages(pack, language);
          onChange(language, reachable.includes(to) ? to : (reachable[0] ?? to));
        }}
      />
      <Tip
        align="start"
        text={
          possible
            ? `Swap the languages (${MODIFIER}Shift+S)`
            : `${pack.name} does not translate from ${languageName(to)} to ${languageName(from)}.`
        }
      >
        <Button
          icon={<ArrowLeftRight size={16} aria-hidden="true" />}
          aria-label="Swap languages"
          aria-disabled={!possible}
          onClick={onSwap}
        />
      </Tip>
      <Select label="To" look="strong" value={to} options={targets.map(named)} onChange={(language) => onChange(from, language)} />
    </div>
  );
}

/** The panel's keys, and the same commands from the menu. Keys that the page handles do not reach the menu. */
function useCommands(app: AppApi, isShown: boolean, run: (command: MenuCommand) => void, changePane: () => void) {
  const latest = useRef({ run, changePane });
  useEffect(() => {
    latest.current = { run, changePane };
  });
  useEffect(() => {
    if (!isShown) return;
    function onKey(event: KeyboardEvent) {
      const withModifier = event.ctrlKey || event.metaKey;
      if (event.key === 'F6') latest.current.changePane();
      else if (withModifier && event.key === 'Enter') latest.current.run('translate');
      else if (withModifier && event.shiftKey && event.key.toLowerCase() === 's') latest.current.run('swapLanguages');
      else if (event.key === 'Escape' && document.querySelector(':popover-open') === null) latest.current.run('cancel');
      else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKey);
    const stopListening = app.on('menuCommand', (command) => latest.current.run(command));
    return () => {
      document.removeEventListener('keydown', onKey);
      stopListening();
    };
  }, [app, isShown]);
}
