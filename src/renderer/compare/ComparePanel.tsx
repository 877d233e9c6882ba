import { ListChecks } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { type AppApi } from '../../shared/app-api';
import { Button } from '../components/Button';
import { useFileDrop } from '../documents/file-drop';
import { EnginePill } from '../engine/EnginePill';
import { engineCondition, type EngineStore } from '../engine/engine-store';
import { t } from '../i18n/i18n';
import { usePanelKeys } from '../panel-keys';
import { type SettingsStore } from '../settings/settings-store';
import { testFile } from '../testset/test-report';
import { readFiles, TestSetView } from '../testset/TestSetView';
import { type TestSetStore } from '../testset/testset-store';
import { canSwap, laneName } from '../translate/choice';
import { findProblem, type Remedy } from '../translate/problem';
import { ProblemNotice } from '../translate/ProblemNotice';
import { chooseCompared, COMPARED_TASKS, isSummary, meaningOf, readLanguage, type Compared } from './compared';
import { type Comparison } from './compare-run';
import { type CompareStore } from './compare-store';
import { Decisions } from './Decisions';
import { useDifferences } from './differences';
import { exportReport, fileName } from './export';
import { ExportMenu } from './ExportMenu';
import { LaneColumn } from './LaneColumn';
import { reportOf } from './report';
import { Results } from './Results';
import { SourceBox } from './SourceBox';
import { Verdict } from './Verdict';
import { Welcome } from './Welcome';
import styles from './ComparePanel.module.css';

interface ComparePanelProps {
  app: AppApi;
  engine: EngineStore;
  settings: SettingsStore;
  compare: CompareStore;
  testSet: TestSetStore;
  onOpenSettings(): void;
}

const AS_ELSEWHERE = { pair: null, shape: null, lanes: null };

/** One text, several lanes of the pack side by side. */
export function ComparePanel({ app, engine, settings, compare, testSet, onOpenSettings }: ComparePanelProps) {
  const current = useStore(settings, (state) => state.settings);
  const engineState = useStore(engine);
  const { task, pair, shape, lanes, comparison, eventAtMs, source, waitingForEngine, showsTestSet } = useStore(compare);
  const testRun = useStore(testSet, (state) => state.run);
  const choice = useMemo(
    () => chooseCompared(engineState.packs ?? [], current, { task, pair, shape, lanes }),
    [engineState.packs, current, task, pair, shape, lanes],
  );
  const hasBothTasks = COMPARED_TASKS.every((kind) => chooseCompared(engineState.packs ?? [], current, { ...AS_ELSEWHERE, task: kind }));
  const condition = engineCondition(engineState, choice?.pack.id ?? null);
  const problem = findProblem(condition, engineState.packs, null);
  const waitingWords = condition.kind === 'opening' ? t('shell.openingPack') : null;
  const differenceOf = useDifferences();
  const textArea = useRef<HTMLTextAreaElement>(null);
  const columns = useRef<HTMLDivElement>(null);

  function swap() {
    if (choice !== null && !isSummary(choice) && canSwap(choice)) compare.swap({ from: choice.to, to: choice.from });
  }

  function openFiles(files: readonly File[]) {
    if (files.length === 0) return;
    compare.showTestSet(true);
    void readFiles(files).then(testSet.open);
  }
  const holdsFiles = useFileDrop(openFiles);

  usePanelKeys(app, true, {
    run: showsTestSet ? testSet.run : compare.run,
    cancel: showsTestSet ? testSet.cancel : compare.cancel,
    swap,
    changePane: () =>
      (document.activeElement === textArea.current
        ? columns.current?.querySelector<HTMLElement>('[tabindex="0"]')
        : textArea.current
      )?.focus(),
  });

  const mend: Record<Remedy, () => void> = {
    translate: compare.run,
    restart: engine.restart,
    rescan: engine.rescanPacks,
    'open-packs': engine.openPacksFolder,
    settings: onOpenSettings,
  };
  const onRemedy = (remedy: Remedy) => mend[remedy]();
  const notice = problem === null ? null : <ProblemNotice problem={problem} onRemedy={onRemedy} />;
  const reference = comparison?.choice.lanes[0];

  return (
    <main className={styles.panel} aria-label={t('shell.compare')}>
      <h1 className="visually-hidden">{t('shell.compare')}</h1>
      <header className={styles.decisions}>
        <Decisions compare={compare} task={task} hasBothTasks={hasBothTasks} choice={choice} settings={current} onSwap={swap} />
        {/* Goes to the next line together. */}
        <div className={styles.aside}>
          <EnginePill engine={engine} pack={choice?.pack ?? null} condition={condition} />
          <Button
            icon={<ListChecks size={16} aria-hidden="true" />}
            title={t('testset.testSetTitle')}
            aria-pressed={showsTestSet}
            onClick={() => compare.showTestSet(!showsTestSet)}
          >
            {t('testset.testSet')}
          </Button>
          {showsTestSet ? (
            <ExportMenu
              key="scores"
              app={app}
              version={engineState.info?.version ?? 'unknown'}
              title={t('testset.exportTitle')}
              holds={t('testset.exportHolds')}
              uses={{ markdown: t('compare.useMarkdown'), csv: t('testset.useCsv'), json: t('compare.useJson') }}
              make={testRun?.scores == null ? null : (format, context) => testFile(testRun, format, context)}
            />
          ) : (
            <ExportMenu
              key="comparison"
              app={app}
              version={engineState.info?.version ?? 'unknown'}
              title={t('compare.exportTitle')}
              holds={t('compare.exportHolds')}
              uses={{ markdown: t('compare.useMarkdown'), csv: t('compare.useCsv'), json: t('compare.useJson') }}
              make={
                comparison === null || comparison.runs.length === 0
                  ? null
                  : (format, context) => {
                      const report = reportOf(comparison, context);
                      return { name: fileName(report, format), text: exportReport(report, format) };
                    }
              }
            />
          )}
        </div>
      </header>
      {showsTestSet ? (
        <TestSetView
          testSet={testSet}
          task={task}
          choice={choice}
          waitingWords={waitingWords}
          notice={notice}
          holdsFiles={holdsFiles}
          onFiles={openFiles}
        />
      ) : (
        <>
          <SourceBox
            compare={compare}
            language={choice === null ? undefined : readLanguage(choice)}
            hint={hintFor(comparison, choice, source)}
            canRun={choice !== null && choice.lanes.length > 1}
            textArea={textArea}
          />
          <Verdict
            comparison={comparison}
            waitingWords={waitingForEngine ? t('shell.engineStarting') : waitingWords}
            differenceOf={differenceOf}
            onCancel={compare.cancel}
            onRun={compare.run}
          />
          {notice !== null || comparison === null || reference === undefined ? (
            <div className={styles.welcome}>
              {notice ?? (choice !== null && <Welcome choice={choice} onExample={compare.openExample} />)}
            </div>
          ) : (
            <>
              <div ref={columns} className={styles.columns}>
                {comparison.choice.lanes.map((lane) => (
                  <LaneColumn
                    key={lane}
                    lane={lane}
                    meaning={meaningOf(comparison.choice, lane)}
                    label={t(isSummary(comparison.choice) ? 'compare.summaryOf' : 'compare.translationOf', { lane: laneName(lane) })}
                    generation={comparison.columns[lane] ?? null}
                    isReference={lane === reference}
                    referenceName={laneName(reference)}
                    difference={differenceOf(comparison.columns[reference], comparison.columns[lane])}
                    isOver={comparison.phase !== 'running'}
                    onRemedy={onRemedy}
                  />
                ))}
              </div>
              <Results comparison={comparison} eventAtMs={eventAtMs} />
            </>
          )}
        </>
      )}
    </main>
  );
}

/** Why the results on the screen do not answer what would be run now. */
function hintFor(comparison: Comparison | null, choice: Compared | null, source: string): string | null {
  if (comparison === null || choice === null || comparison.phase === 'running') return null;
  const before = comparison.choice;
  const asked = ({ pack, available: _, ...rest }: Compared) => JSON.stringify([pack.id, pack.version, rest]);
  if (comparison.text !== source) return t('compare.ofTextBefore');
  return asked(before) === asked(choice) ? null : t('compare.ofChoiceBefore');
}
