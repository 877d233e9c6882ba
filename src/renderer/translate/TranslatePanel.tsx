import { useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { type AppApi } from '../../shared/app-api';
import { Segmented } from '../components/Segmented';
import { EnginePill } from '../engine/EnginePill';
import { engineCondition, type EngineStore } from '../engine/engine-store';
import { t } from '../i18n/i18n';
import { usePanelKeys } from '../panel-keys';
import { type SettingsStore } from '../settings/settings-store';
import { type AlternativesStore } from './alternatives-store';
import { canSwap, chooseWork, laneChoices, laneMeaning, laneName } from './choice';
import { Languages } from './Languages';
import { type OpinionStore } from './opinion-store';
import { findProblem, type Remedy } from './problem';
import { SourcePane } from './SourcePane';
import { StageTimeline } from './StageTimeline';
import { compareLanes } from './timeline';
import { TargetPane } from './TargetPane';
import { type TranslateStore } from './translate-store';
import styles from './TranslatePanel.module.css';

/**
 * From here on the focus goes over to the translation when it begins: the browser hands the whole text of a focused text area to the
 * input method in every frame, 7 ms for a megabyte.
 */
const LONG_TEXT = 50_000;

interface TranslatePanelProps {
  app: AppApi;
  engine: EngineStore;
  settings: SettingsStore;
  translation: TranslateStore;
  alternatives: AlternativesStore;
  opinion: OpinionStore;
  isShown: boolean;
  onOpenSettings(): void;
  onCompare(): void;
  /** The translation was copied or saved. */
  onUsed(): void;
}

export function TranslatePanel(props: TranslatePanelProps) {
  const { app, engine, settings, translation, alternatives, opinion, isShown, onOpenSettings, onCompare, onUsed } = props;
  const current = useStore(settings, (state) => state.settings);
  const engineState = useStore(engine);
  const generation = useStore(translation, (state) => state.generation);
  const eventAtMs = useStore(translation, (state) => state.eventAtMs);
  const measurements = useStore(translation, (state) => state.measurements);
  const comparison = generation === null ? null : compareLanes(generation, measurements);
  const opinionMs = useStore(opinion, (state) => (state.isWanted ? state.totalMs : null));
  const choice = useMemo(() => chooseWork(engineState.packs ?? [], current), [engineState.packs, current]);
  const condition = engineCondition(engineState, choice?.pack.id ?? null);
  const textArea = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);

  function swap() {
    if (choice === null || !canSwap(choice)) return;
    translation.takeOutputAsSource();
    settings.change({ from: choice.to, to: choice.from });
  }

  usePanelKeys(app, isShown, {
    run: () => {
      if (document.activeElement === textArea.current && translation.getState().source.length > LONG_TEXT) scroller.current?.focus();
      translation.translate();
    },
    cancel: () => {
      if (!alternatives.cancel()) translation.cancel();
    },
    swap,
    changePane: () => (document.activeElement === textArea.current ? scroller : textArea).current?.focus(),
  });

  const mend: Record<Remedy, () => void> = {
    translate: translation.translate,
    restart: engine.restart,
    rescan: engine.rescanPacks,
    'open-packs': engine.openPacksFolder,
    settings: onOpenSettings,
  };

  return (
    <main className={styles.panel} hidden={!isShown} aria-label={t('shell.translate')}>
      <h1 className="visually-hidden">{t('shell.translate')}</h1>
      <header className={styles.decisions}>
        <Languages choice={choice} settings={current} onChange={(from, to) => settings.change({ from, to })} onSwap={swap} />
        {choice !== null && (
          <Segmented
            label={t('shell.lane')}
            value={choice.chosen}
            options={laneChoices(choice.pack).map((lane) => ({ value: lane, label: laneName(lane), meaning: laneMeaning(lane) }))}
            onChange={(lane) => settings.change({ lane })}
          />
        )}
        <EnginePill engine={engine} pack={choice?.pack ?? null} condition={condition} />
      </header>
      <div className={styles.panes}>
        <SourcePane
          app={app}
          translation={translation}
          choice={choice}
          isLive={current.liveTranslation}
          isShown={isShown}
          textArea={textArea}
          onPair={(from, to) => settings.change({ from, to })}
        />
        <TargetPane
          app={app}
          translation={translation}
          alternatives={alternatives}
          opinion={opinion}
          choice={choice}
          condition={condition}
          problem={findProblem(condition, engineState.packs, generation)}
          onRemedy={(remedy) => mend[remedy]()}
          isShown={isShown}
          scroller={scroller}
          onCompare={onCompare}
          onUsed={onUsed}
        />
      </div>
      <StageTimeline generation={generation} eventAtMs={eventAtMs} comparison={comparison} opinionMs={opinionMs} />
    </main>
  );
}
