import { Eraser, FileText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { type AppApi, type OpenedText } from '../../shared/app-api';
import { Button } from '../components/Button';
import { Counts } from '../components/Counts';
import { DropOverlay } from '../components/DropOverlay';
import { Segmented } from '../components/Segmented';
import { countText } from '../counts';
import { useFileDrop } from '../documents/file-drop';
import { EnginePill } from '../engine/EnginePill';
import { engineCondition, type EngineStore } from '../engine/engine-store';
import { t } from '../i18n/i18n';
import { MODIFIER } from '../keys';
import { useMenuCommand } from '../menu-commands';
import { usePanelKeys } from '../panel-keys';
import { type SettingsStore } from '../settings/settings-store';
import { laneName } from '../translate/choice';
import panes from '../translate/panes.module.css';
import { findProblem, type Problem, type Remedy } from '../translate/problem';
import { StageTimeline } from '../translate/StageTimeline';
import { type LaneComparison } from '../translate/timeline';
import { isBlank } from '../translate/translate-store';
import layout from '../translate/TranslatePanel.module.css';
import { MarkedSource } from './MarkedSource';
import { SummaryPane } from './SummaryPane';
import { ShapeChoice } from './ShapeChoice';
import { chooseSummary } from './summary-choice';
import { runOfOtherLane, type SummarizeStore } from './summarize-store';
import { type SummaryRun } from './summary-run';

interface SummarizePanelProps {
  app: AppApi;
  engine: EngineStore;
  settings: SettingsStore;
  summarize: SummarizeStore;
  onOpenSettings(): void;
  /** The summary was copied or saved. */
  onUsed(): void;
}

const LANE_MEANINGS = { hybrid: 'summarize.hybridMeaning', llm: 'summarize.llmMeaning' } as const;

export function SummarizePanel({ app, engine, settings, summarize, onOpenSettings, onUsed }: SummarizePanelProps) {
  const current = useStore(settings, (state) => state.settings);
  const engineState = useStore(engine);
  const { source, run, eventAtMs, finished } = useStore(summarize);
  const [chosen, setChosen] = useState<number | null>(null);
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const textArea = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const choice = useMemo(() => chooseSummary(engineState.packs ?? [], current), [engineState.packs, current]);
  const condition = engineCondition(engineState, choice?.pack.id ?? null);
  const isClosed = condition.kind === 'opening';
  useEffect(() => {
    if (isClosed) summarize.warm();
  }, [isClosed, summarize]);
  const counts = useMemo(() => countText(source), [source]);
  const isAnswered = run?.input.text === source;
  const comparison = run === null ? null : comparisonOf(run, runOfOtherLane(finished, run));
  // Ranges of a text that is no longer there are ranges of nothing.
  const sentence = chosen === null || !isAnswered ? undefined : run.summary?.sentences[chosen];
  const problem: Problem | null =
    condition.kind === 'no-pack' && engineState.packs?.some(({ state }) => state === 'ok')
      ? { title: t('summarize.noPack'), message: t('summarize.noPackMessage'), remedies: ['open-packs', 'rescan'] }
      : findProblem(condition, engineState.packs, run);

  function take(opened: OpenedText) {
    setFileProblem(opened.kind === 'failed' ? opened.message : null);
    if (opened.kind === 'text') summarize.openFile(opened.name, opened.text);
    textArea.current?.focus();
  }
  const openFile = async () => take(await app.call('openReadable', {}));
  useMenuCommand(app, 'openFile', () => void openFile());
  const holdsFiles = useFileDrop(([file]) => {
    if (file !== undefined) app.readDropped(file).then(take, (error: unknown) => setFileProblem(String(error)));
  });

  usePanelKeys(app, true, {
    run: () => {
      setChosen(null);
      summarize.summarize();
    },
    cancel: () => summarize.cancel(),
    changePane: () => (document.activeElement === textArea.current ? scroller : textArea).current?.focus(),
  });

  const mend: Record<Remedy, () => void> = {
    translate: summarize.summarize,
    restart: engine.restart,
    rescan: engine.rescanPacks,
    'open-packs': engine.openPacksFolder,
    settings: onOpenSettings,
  };
  const keys = { keys: `${MODIFIER}Enter` };
  const hint = isBlank(source) || isAnswered ? null : run === null ? t('summarize.press', keys) : t('summarize.changed', keys);

  return (
    <main className={layout.panel} aria-label={t('shell.summarize')}>
      <h1 className="visually-hidden">{t('shell.summarize')}</h1>
      <header className={layout.decisions}>
        {choice !== null && (
          <>
            <ShapeChoice
              choice={choice}
              onLength={(summaryLength) => settings.change({ summaryLength })}
              onForm={(summaryForm) => settings.change({ summaryForm })}
            />
            {choice.lanes.length > 1 && (
              <Segmented
                label={t('shell.lane')}
                value={choice.lane}
                options={choice.lanes.map((lane) => ({ value: lane, label: laneName(lane), meaning: t(LANE_MEANINGS[lane]) }))}
                onChange={(summaryLane) => settings.change({ summaryLane })}
              />
            )}
          </>
        )}
        <EnginePill engine={engine} pack={choice?.pack ?? null} condition={condition} />
      </header>
      <div className={layout.panes}>
        <section className={panes.pane} aria-label={t('shell.source')}>
          <MarkedSource summarize={summarize} language={choice?.pack.language} textArea={textArea} marked={sentence?.sources ?? NOTHING} />
          <div className={panes.strip} data-tone={fileProblem === null ? 'plain' : 'bad'} role={fileProblem === null ? undefined : 'alert'}>
            {fileProblem ?? hint}
          </div>
          <footer className={panes.footer}>
            <span className={panes.counts}>{source !== '' && <Counts counts={counts} />}</span>
            <Button icon={<FileText size={16} aria-hidden="true" />} title={t('summarize.openFileTitle')} onClick={() => void openFile()}>
              {t('summarize.openFile')}
            </Button>
            <Button
              icon={<Eraser size={16} aria-hidden="true" />}
              title={t('summarize.clearTitle')}
              disabled={source === ''}
              onClick={() => {
                setFileProblem(null);
                summarize.clear();
                textArea.current?.focus();
              }}
            >
              {t('shell.clear')}
            </Button>
            <Button
              look="primary"
              disabled={isBlank(source)}
              title={t('summarize.summarizeTitle', keys)}
              onClick={() => summarize.summarize()}
            >
              {t('shell.summarize')}
            </Button>
          </footer>
        </section>
        <SummaryPane
          app={app}
          summarize={summarize}
          condition={condition}
          problem={problem}
          hasPack={choice !== null}
          chosen={chosen}
          onChoose={setChosen}
          onRemedy={(remedy) => mend[remedy]()}
          onUsed={onUsed}
          scroller={scroller}
        />
      </div>
      <StageTimeline generation={run} eventAtMs={eventAtMs} comparison={comparison} opinionMs={null} />
      {holdsFiles && <DropOverlay title={t('summarize.dropHere')} />}
    </main>
  );
}

const NOTHING: readonly [] = [];

/** With the other lane's time for the same text, its reading counted as in this run. */
function comparisonOf({ input, timings, phase }: SummaryRun, other: SummaryRun | null): LaneComparison | null {
  if (other === null) return null;
  const ms = other.timings.totalMs - other.timings.encodeMs + timings.encodeMs;
  return {
    lane: input.lane === 'llm' ? 'hybrid' : 'llm',
    ms,
    ratio: phase === 'done' && timings.totalMs > 0 ? ms / timings.totalMs : null,
  };
}
