import { Check, Columns3, Copy, Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useStore } from 'zustand';
import { type AppApi } from '../../shared/app-api';
import { Button } from '../components/Button';
import { Counts } from '../components/Counts';
import { type EngineCondition } from '../engine/engine-store';
import { isRunning, type Generation } from '../generation';
import { countGrowingText, textLength, wholeText } from '../growing-text';
import { formatNumber, t } from '../i18n/i18n';
import { useMenuCommand } from '../menu-commands';
import { Announcer } from './Announcer';
import { type Choice } from './choice';
import { flagMeaning } from './flagged';
import { OutputText } from './OutputText';
import { type Problem, type Remedy } from './problem';
import { ProblemNotice } from './ProblemNotice';
import { type TranslateStore } from './translate-store';
import { Welcome } from './Welcome';
import styles from './panes.module.css';

interface TargetPaneProps {
  app: AppApi;
  translation: TranslateStore;
  choice: Choice | null;
  condition: EngineCondition;
  problem: Problem | null;
  onRemedy(remedy: Remedy): void;
  scroller: RefObject<HTMLDivElement | null>;
  /** Shows the source in every lane. */
  onCompare(): void;
}

export function TargetPane({ app, translation, choice, condition, problem, onRemedy, scroller, onCompare }: TargetPaneProps) {
  const generation = useStore(translation, (state) => state.generation);
  const previousOutput = useStore(translation, (state) => state.previousOutput);
  const isEmpty = useStore(translation, (state) => state.source === '');
  const isAwaited = useStore(translation, (state) => state.waitingForEngine);
  const counts = useMemo(() => (generation === null ? null : countGrowingText(generation.output)), [generation]);
  const hasText = generation !== null && textLength(generation.output) > 0;

  return (
    <section className={styles.pane} aria-label={t('translate.translation')} aria-busy={generation !== null && isRunning(generation)}>
      <Progress generation={generation} />
      <div ref={scroller} className={styles.target} tabIndex={0} role="group" aria-label={t('translate.translatedText')}>
        {problem !== null && <ProblemNotice problem={problem} onRemedy={onRemedy} />}
        {problem === null && generation === null && isEmpty && choice !== null && (
          <Welcome choice={choice} onExample={(text) => translation.openExample(text)} />
        )}
        {problem === null && generation === null && !isEmpty && (
          <p className={styles.quiet}>{isAwaited ? waitingWords(condition) : t('translate.appearsHere')}</p>
        )}
        {generation !== null && <OutputText generation={generation} previousOutput={previousOutput} />}
      </div>
      <Strip generation={generation} translation={translation} condition={condition} scroller={scroller} />
      <footer className={styles.footer}>
        <span className={styles.counts}>{hasText && counts !== null && <Counts counts={counts} />}</span>
        <OutputActions key={generation === null ? 'none' : 'some'} app={app} translation={translation} hasText={hasText} choice={choice} />
        <Button
          icon={<Columns3 size={16} aria-hidden="true" />}
          title={t('translate.compareTitle')}
          disabled={choice === null || !hasText}
          onClick={onCompare}
        >
          {t('shell.compare')}
        </Button>
      </footer>
      <Announcer translation={translation} />
    </section>
  );
}

function waitingWords(condition: EngineCondition): string {
  return condition.kind === 'restarting' ? t('shell.engineStartingAgain') : t('shell.engineStarting');
}

/** A line along the foot of the pane, for text of more than one segment. */
function Progress({ generation }: { generation: Generation | null }) {
  if (generation?.phase !== 'working' || generation.segments === null || generation.segments < 2) return null;
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label={t('translate.segmentsTranslated')}
      aria-valuemin={0}
      aria-valuemax={generation.segments}
      aria-valuenow={generation.segment}
    >
      <div style={{ width: `${(100 * generation.segment) / generation.segments}%` }} />
    </div>
  );
}

interface StripProps {
  generation: Generation | null;
  translation: TranslateStore;
  condition: EngineCondition;
  scroller: RefObject<HTMLDivElement | null>;
}

/** One line on how the translation stands; always there, so that nothing moves when it speaks. */
function Strip({ generation, translation, condition, scroller }: StripProps) {
  if (generation === null) return <div className={styles.strip} />;
  const { phase, segments, segment, flagged } = generation;
  const many = segments !== null && segments > 1;
  const where = many ? { segment: formatNumber(Math.min(segment + 1, segments)), segments: formatNumber(segments) } : null;
  switch (phase) {
    case 'waiting':
    case 'working':
      return (
        <div className={`${styles.strip} ${styles.late}`}>
          <span>
            {phase === 'waiting'
              ? condition.kind === 'opening'
                ? t('shell.openingPack')
                : t('translate.waiting')
              : where === null
                ? t('translate.translating')
                : t('translate.translatingAt', where)}
          </span>
          <Button keys="Esc" onClick={() => translation.cancel()}>
            {t('shell.cancel')}
          </Button>
        </div>
      );
    case 'cancelled':
      return (
        <div className={styles.strip} data-tone="warn">
          <span>{cancelledWords(generation, where)}</span>
          <Button onClick={() => translation.translate()}>{t('shell.remedyTranslate')}</Button>
        </div>
      );
    case 'done':
      return flagged.length > 0 ? <Flagged generation={generation} scroller={scroller} /> : <div className={styles.strip} />;
    case 'failed':
      return <div className={styles.strip} />;
    default:
      return phase satisfies never;
  }
}

function cancelledWords({ output }: Generation, where: { segment: string; segments: string } | null): string {
  if (textLength(output) === 0) return t('translate.cancelled');
  return where === null ? t('translate.cancelledKept') : t('translate.cancelledAt', where);
}

/** Counts the segments to check and leads from one to the next. */
function Flagged({ generation: { flagged }, scroller }: { generation: Generation; scroller: RefObject<HTMLDivElement | null> }) {
  const [shown, setShown] = useState<number | null>(null);
  const flag = shown === null ? undefined : flagged[shown];
  function showNext() {
    const next = shown === null ? 0 : (shown + 1) % flagged.length;
    setShown(next);
    scroller.current?.querySelector<HTMLElement>(`[data-flag="${next}"]`)?.focus();
  }
  return (
    <div className={styles.strip} data-tone="warn">
      <span>
        {flag === undefined || shown === null
          ? t('translate.segmentsToCheck', { count: flagged.length })
          : t('translate.flagAt', { place: shown + 1, all: flagged.length, reason: flagMeaning(flag.reason) })}
      </span>
      <Button onClick={showNext}>{shown === null ? t('translate.show') : t('translate.next')}</Button>
    </div>
  );
}

interface OutputActionsProps {
  app: AppApi;
  translation: TranslateStore;
  hasText: boolean;
  choice: Choice | null;
}

const ACKNOWLEDGED_MS = 1_600;

function OutputActions({ app, translation, hasText, choice }: OutputActionsProps) {
  const [answer, setAnswer] = useState<{ action: 'copy' | 'save'; words: string; ok: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function acknowledge(action: 'copy' | 'save', words: string, ok = true) {
    clearTimeout(timer.current);
    setAnswer({ action, words, ok });
    if (ok) timer.current = setTimeout(() => setAnswer(null), ACKNOWLEDGED_MS);
  }

  function text(): string {
    const { generation } = translation.getState();
    return generation === null ? '' : wholeText(generation.output);
  }

  function copy() {
    app.call('copyText', { text: text() }).then(
      () => acknowledge('copy', t('shell.copied')),
      () => acknowledge('copy', t('translate.clipboardRefused'), false),
    );
  }

  async function save() {
    const { fileName } = translation.getState();
    const saved = await app.call('saveTextFile', { suggestedName: suggestedName(fileName, choice), text: text() });
    if (saved.kind === 'saved') acknowledge('save', t('shell.saved'));
    if (saved.kind === 'failed') acknowledge('save', saved.message, false);
  }

  useMenuCommand(app, 'saveTranslation', () => hasText && void save());

  const done = (action: 'copy' | 'save', icon: ReactNode) =>
    answer?.action === action && answer.ok ? <Check size={16} aria-hidden="true" /> : icon;
  return (
    <>
      {answer?.ok === false && <span className={styles.actionProblem}>{answer.words}</span>}
      <span className="visually-hidden" role="status">
        {answer?.words}
      </span>
      <Button
        icon={done('copy', <Copy size={16} aria-hidden="true" />)}
        title={t('translate.copyTitle')}
        disabled={!hasText}
        onClick={copy}
      >
        {answer?.action === 'copy' && answer.ok ? t('shell.copied') : t('shell.copy')}
      </Button>
      <Button
        icon={done('save', <Download size={16} aria-hidden="true" />)}
        title={t('translate.saveTitle')}
        disabled={!hasText}
        onClick={() => void save()}
      >
        {answer?.action === 'save' && answer.ok ? t('shell.saved') : t('shell.save')}
      </Button>
    </>
  );
}

function suggestedName(fileName: string | null, choice: Choice | null): string {
  const pair = choice === null ? '' : `_${choice.from}_${choice.to}`;
  return fileName === null ? `translation${pair}.txt` : `${fileName.replace(/\.[^.]*$/, '')}_translated${pair}.txt`;
}
