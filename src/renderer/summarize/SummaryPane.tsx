import { useMemo, useState, type KeyboardEvent, type RefObject } from 'react';
import { useStore } from 'zustand';
import { type AppApi } from '../../shared/app-api';
import { Counts } from '../components/Counts';
import { OutputActions } from '../components/OutputActions';
import { ProgressBar } from '../components/ProgressBar';
import { countText } from '../counts';
import { type EngineCondition } from '../engine/engine-store';
import { isRunning } from '../generation';
import { formatNumber, t } from '../i18n/i18n';
import { type Problem, type Remedy } from '../translate/problem';
import { ProblemNotice } from '../translate/ProblemNotice';
import panes from '../translate/panes.module.css';
import { EXAMPLES } from './examples';
import { sentenceMarks } from './marks';
import { type SummarizeStore } from './summarize-store';
import { SummaryStrip } from './SummaryStrip';
import { CHOSEN_ID, SummaryText } from './SummaryText';
import styles from './summarize.module.css';
import { type SummaryRun } from './summary-run';
import { workWords } from './verdict';

interface SummaryPaneProps {
  app: AppApi;
  summarize: SummarizeStore;
  condition: EngineCondition;
  problem: Problem | null;
  hasPack: boolean;
  /** The sentence that is looked at, by its place. */
  chosen: number | null;
  onChoose(sentence: number | null): void;
  onRemedy(remedy: Remedy): void;
  onUsed(): void;
  scroller: RefObject<HTMLDivElement | null>;
}

export function SummaryPane(props: SummaryPaneProps) {
  const { app, summarize, condition, problem, hasPack, chosen, onChoose, onRemedy, onUsed, scroller } = props;
  const run = useStore(summarize, (state) => state.run);
  const isEmpty = useStore(summarize, (state) => state.source === '');
  const isAwaited = useStore(summarize, (state) => state.waitingForEngine);
  const [showsCopied, setShowsCopied] = useState(false);
  const output = run?.output ?? '';
  const counts = useMemo(() => countText(output), [output]);
  const marks = useMemo(() => (run?.summary == null ? null : sentenceMarks(run.output, run.summary, run.input.form)), [run]);

  function onKey(event: KeyboardEvent) {
    if (marks === null || marks.length === 0 || event.target !== scroller.current) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onChoose(chosen === null ? (step > 0 ? 0 : marks.length - 1) : Math.min(marks.length - 1, Math.max(0, chosen + step)));
  }

  return (
    <section className={panes.pane} aria-label={t('summarize.summary')} aria-busy={run !== null && isRunning(run)}>
      {run !== null && <Progress run={run} />}
      <div
        ref={scroller}
        className={panes.target}
        tabIndex={0}
        role="group"
        aria-label={t('summarize.summaryText')}
        aria-activedescendant={chosen === null ? undefined : CHOSEN_ID}
        onKeyDown={onKey}
        onMouseLeave={() => onChoose(null)}
      >
        {problem !== null && <ProblemNotice problem={problem} again={t('summarize.again')} onRemedy={onRemedy} />}
        {problem === null && run === null && isEmpty && hasPack && <Welcome summarize={summarize} />}
        {problem === null && run === null && !isEmpty && (
          <p className={panes.quiet}>{isAwaited ? t('shell.engineStarting') : t('summarize.appearsHere')}</p>
        )}
        {run !== null && output !== '' && (
          <SummaryText form={run.input.form} output={output} marks={marks} chosen={chosen} showsCopied={showsCopied} onChoose={onChoose} />
        )}
      </div>
      {run !== null && run.parts.length > 1 && <Parts run={run} />}
      <SummaryStrip
        run={run}
        chosen={chosen}
        summarize={summarize}
        condition={condition}
        showsCopied={showsCopied}
        onShowCopied={setShowsCopied}
      />
      <footer className={panes.footer}>
        <span className={panes.counts}>{output !== '' && <Counts counts={counts} />}</span>
        <OutputActions
          key={run === null ? 'none' : 'some'}
          app={app}
          text={() => summarize.getState().run?.output ?? ''}
          fileName={() => summaryName(summarize.getState().fileName)}
          hasText={output !== ''}
          isShown
          copyTitle={t('summarize.copyTitle')}
          saveTitle={t('summarize.saveTitle')}
          onUsed={onUsed}
        />
      </footer>
      <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
        {run?.phase === 'done'
          ? `${t('summarize.saidFinished')} ${run.output}`
          : run?.phase === 'cancelled'
            ? t('summarize.saidCancelled')
            : ''}
      </div>
    </section>
  );
}

function Welcome({ summarize }: { summarize: SummarizeStore }) {
  return (
    <div className={panes.welcome}>
      <p>{t('summarize.welcome')}</p>
      <h2 id="summary-examples">{t('shell.tryOne')}</h2>
      <ul aria-labelledby="summary-examples">
        {EXAMPLES.map(({ title, text }) => (
          <li key={title}>
            <button type="button" className={panes.example} lang="en" onClick={() => summarize.openExample(text)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Progress({ run }: { run: SummaryRun }) {
  if (run.phase !== 'working' || run.segments === null) return null;
  return <ProgressBar className={panes.progress} label={t('summarize.progress')} done={Math.round(100 * run.done)} all={100} />;
}

/** The plan of a long text: its parts, and the summaries of those that are done. */
function Parts({ run }: { run: SummaryRun }) {
  return (
    <section className={styles.parts} aria-label={t('summarize.parts', { count: run.parts.length })}>
      <ol>
        {run.parts.map((part, index) => {
          const text = run.partTexts[index];
          const title = t('summarize.partTitle', { part: formatNumber(index + 1) });
          return (
            <li key={part.start}>
              {text === undefined ? (
                <span className={styles.wait}>
                  {title} · {run.segment === index && isRunning(run) ? workWords(run) : t('summarize.partWaiting')}
                </span>
              ) : (
                <details>
                  <summary>{title}</summary>
                  <p lang="en">{text}</p>
                </details>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function summaryName(fileName: string | null): string {
  return fileName === null ? 'summary.txt' : `${fileName.replace(/\.[^.]*$/, '')}_summary.txt`;
}
