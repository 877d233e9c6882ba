import { ArrowLeftRight, Eraser, FileText, TriangleAlert } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { isSummary, taskOf, type Compared, type ComparedTask } from '../compare/compared';
import { Button } from '../components/Button';
import { ProgressBar } from '../components/ProgressBar';
import { engineErrorWords } from '../engine/engine-error-words';
import { formatNumber, t } from '../i18n/i18n';
import { MODIFIER } from '../keys';
import { laneName } from '../translate/choice';
import { formatMs } from '../translate/timeline';
import { Scores } from './Scores';
import { type TestFile, type TestSet } from './test-set';
import { type TestRun, type TestSetStore } from './testset-store';
import styles from './TestSetView.module.css';

interface TestSetViewProps {
  testSet: TestSetStore;
  task: ComparedTask;
  choice: Compared | null;
  /** Why the engine cannot work now. */
  waitingWords: string | null;
  /** What keeps the engine from working, with what mends it. */
  notice: ReactNode;
  /** Files are held over the window. */
  holdsFiles: boolean;
  onFiles(files: readonly File[]): void;
}

const EXTENSIONS: Record<ComparedTask, string> = {
  translate: '.tsv,.tab,.tmx,.txt,text/plain',
  summarize: '.tsv,.tab,.jsonl,.ndjson,.txt,.source,.target,text/plain',
};

/** The user's own texts in every lane: how good each is, how fast, and how sure that is. */
export function TestSetView({ testSet, task, choice, waitingWords, notice, holdsFiles, onFiles }: TestSetViewProps) {
  const { set, problem, run } = useStore(testSet);
  const input = useRef<HTMLInputElement>(null);
  const isRunning = run?.phase === 'running' || run?.phase === 'scoring';
  const choose = () => input.current?.click();
  return (
    <div className={styles.view}>
      <input
        ref={input}
        type="file"
        multiple
        accept={EXTENSIONS[task]}
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t('testset.choose')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {notice !== null && <div className={styles.notice}>{notice}</div>}
      {set === null ? (
        <section className={styles.drop} data-holds={holdsFiles} aria-label={t('testset.testSet')}>
          <h2>{t('testset.dropTitle')}</h2>
          <p>{t(`testset.${task}Drop`)}</p>
          {problem !== null && (
            <div className={styles.problem} role="alert">
              <TriangleAlert size={18} aria-hidden="true" />
              <div>
                <h3>{t('testset.problem')}</h3>
                <p>{problem()}</p>
              </div>
            </div>
          )}
          <Button look="primary" icon={<FileText size={16} aria-hidden="true" />} onClick={choose}>
            {t('testset.choose')}
          </Button>
        </section>
      ) : (
        <>
          <Loaded testSet={testSet} set={set} onChoose={choose} canRun={choice !== null && !isRunning} />
          <Progress testSet={testSet} run={run} choice={choice} waitingWords={waitingWords} />
          {run !== null && run.scores !== null && <Scores run={run} />}
        </>
      )}
    </div>
  );
}

interface LoadedProps {
  testSet: TestSetStore;
  set: TestSet;
  canRun: boolean;
  onChoose(): void;
}

/** What was read, and what to do with it. */
function Loaded({ testSet, set: { task, name, pairs, sides, skipped, duplicates }, canRun, onChoose }: LoadedProps) {
  return (
    <section className={styles.loaded} aria-label={t('testset.testSet')}>
      <div className={styles.facts}>
        <strong>{t(`testset.${task}Loaded`, { name, count: pairs.length })}</strong>
        {sides !== null && <span>{t('testset.sides', sides)}</span>}
        {skipped > 0 && <span>{t('testset.skipped', { count: skipped })}</span>}
        {duplicates > 0 && <span>{t('testset.duplicates', { count: duplicates })}</span>}
      </div>
      {sides !== null && (
        <Button
          icon={<ArrowLeftRight size={16} aria-hidden="true" />}
          aria-label={t('testset.swapFiles')}
          title={t('testset.swapFiles')}
          onClick={testSet.swapFiles}
        />
      )}
      <Button icon={<FileText size={16} aria-hidden="true" />} onClick={onChoose}>
        {t('testset.chooseOther')}
      </Button>
      <Button icon={<Eraser size={16} aria-hidden="true" />} title={t('testset.clear')} onClick={testSet.clear}>
        {t('shell.clear')}
      </Button>
      <Button look="primary" disabled={!canRun} title={t('testset.runTitle', { keys: `${MODIFIER}Enter` })} onClick={testSet.run}>
        {t('testset.run')}
      </Button>
    </section>
  );
}

interface ProgressProps {
  testSet: TestSetStore;
  run: TestRun | null;
  choice: Compared | null;
  waitingWords: string | null;
}

/** One line on how the run stands; always there, so that nothing moves when it speaks. */
function Progress({ testSet, run, choice, waitingWords }: ProgressProps) {
  if (run === null) return <div className={styles.progress}>{waitingWords}</div>;
  const { phase, set, lines } = run;
  const all = set.pairs.length;
  return (
    <div className={styles.progress} data-state={phase}>
      {phase === 'running' && <ProgressBar className={styles.bar} label={t('testset.progressLabel')} done={lines.length} all={all} />}
      <span role="status" data-testid="testset-state">
        {stateWords(run, choice)}
      </span>
      {phase === 'running' ? (
        <>
          {/* Not in the status: a reader would be told with every sentence. */}
          <span className={styles.place}>{progressWords(run)}</span>
          <Button keys="Esc" onClick={testSet.cancel}>
            {t('shell.cancel')}
          </Button>
        </>
      ) : (
        phase !== 'scoring' && phase !== 'done' && <Button onClick={testSet.run}>{t('testset.again')}</Button>
      )}
    </div>
  );
}

function stateWords(run: TestRun, choice: Compared | null): string {
  const { phase, lines, set, error } = run;
  const counts = { done: formatNumber(lines.length), all: t(`testset.${set.task}Texts`, { count: set.pairs.length }) };
  switch (phase) {
    case 'running':
      return t('testset.running');
    case 'scoring':
      return t('testset.scoring');
    case 'done':
      return choice !== null && asked(choice) !== asked(run.choice)
        ? t('testset.ofChoiceBefore')
        : t('testset.finished', { texts: t(`testset.${set.task}Texts`, { count: lines.length }) });
    case 'cancelled':
      return lines.length === 0 ? t('testset.cancelledEarly') : t('testset.cancelled', counts);
    case 'failed':
      return t('testset.failed', { ...counts, reason: (error && engineErrorWords(error)) ?? '' });
    default:
      return phase satisfies never;
  }
}

const asked = (choice: Compared) => {
  const { pack, lanes } = choice;
  const work = isSummary(choice) ? [choice.length, choice.form] : [choice.from, choice.to, choice.beamWidth];
  return JSON.stringify([taskOf(choice), pack.id, pack.version, work, lanes]);
};

function progressWords({ lines, set, lane, elapsedMs }: TestRun): string {
  const place = {
    text: t(`testset.${set.task}Text`),
    done: formatNumber(Math.min(lines.length + 1, set.pairs.length)),
    all: formatNumber(set.pairs.length),
    lane: lane === null ? '' : laneName(lane),
  };
  // The first few say little about the rest.
  if (lines.length < 5) return t('testset.progress', place);
  const leftMs = (elapsedMs / lines.length) * (set.pairs.length - lines.length);
  return t('testset.progressLeft', { ...place, time: formatMs(Math.max(1_000, Math.round(leftMs / 1_000) * 1_000)) });
}

/** Their bytes; what keeps one from being read stays what it is. */
export function readFiles(files: readonly File[]): Promise<TestFile[]> {
  return Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
}
