import { ListTree, ScanEye } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import { Button } from '../components/Button';
import { type EngineCondition } from '../engine/engine-store';
import { type Generation } from '../generation';
import { textLength } from '../growing-text';
import { formatNumber, t } from '../i18n/i18n';
import { type AlternativesStore } from './alternatives-store';
import { laneName } from './choice';
import { flagMeaning } from './flagged';
import { type OpinionStore } from './opinion-store';
import { type TranslateStore } from './translate-store';
import styles from './panes.module.css';

interface StripProps {
  generation: Generation | null;
  translation: TranslateStore;
  alternatives: AlternativesStore;
  opinion: OpinionStore;
  condition: EngineCondition;
  scroller: RefObject<HTMLDivElement | null>;
}

/** One line on how the translation stands; always there, so that nothing moves when it speaks. */
export function Strip({ generation, translation, alternatives, opinion, condition, scroller }: StripProps) {
  const rewritten = useStore(alternatives, (state) => state.rewritten);
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
      return (
        <div className={styles.strip} data-tone={rewritten === null && flagged.length > 0 ? 'warn' : 'plain'}>
          {rewritten !== null ? (
            <Rewritten alternatives={alternatives} rewritten={rewritten} />
          ) : flagged.length > 0 ? (
            <Flagged generation={generation} scroller={scroller} />
          ) : (
            <span className={styles.hint} title={t('alternatives.hintMeaning')}>
              {generation.sentences.length > 0 && t('alternatives.hint')}
            </span>
          )}
          <Looks alternatives={alternatives} opinion={opinion} generation={generation} />
        </div>
      );
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
    <>
      <span>
        {flag === undefined || shown === null
          ? t('translate.segmentsToCheck', { count: flagged.length })
          : t('translate.flagAt', { place: shown + 1, all: flagged.length, reason: flagMeaning(flag.reason) })}
      </span>
      <Button onClick={showNext}>{shown === null ? t('translate.show') : t('translate.next')}</Button>
    </>
  );
}

interface RewrittenProps {
  alternatives: AlternativesStore;
  rewritten: NonNullable<ReturnType<AlternativesStore['getState']>['rewritten']>;
}

/** What was changed last, and the way back. */
function Rewritten({ alternatives, rewritten: { isRunning: isWriting, word, lane, problem } }: RewrittenProps) {
  const words =
    problem !== null
      ? t('alternatives.rewriteFailed', { reason: problem })
      : word === null
        ? t('alternatives.taken')
        : isWriting
          ? t('alternatives.rewriting', { lane: laneName(lane), word })
          : t('alternatives.rewritten', { lane: laneName(lane), word });
  return (
    <>
      <span role="status">{words}</span>
      {problem === null && (
        <Button {...(isWriting && { keys: 'Esc' })} onClick={alternatives.undo}>
          {isWriting ? t('shell.cancel') : t('shell.undo')}
        </Button>
      )}
    </>
  );
}

/** What can be looked at more closely once the text stands. */
function Looks({ alternatives, opinion, generation }: { alternatives: AlternativesStore; opinion: OpinionStore; generation: Generation }) {
  const showsVersions = useStore(alternatives, (state) => state.showsVersions);
  const isWanted = useStore(opinion, (state) => state.isWanted);
  if (generation.sentences.length === 0) return null;
  return (
    <span className={styles.looks}>
      <Button
        icon={<ListTree size={16} aria-hidden="true" />}
        title={t('alternatives.versionsTitle')}
        aria-pressed={showsVersions}
        onClick={() => alternatives.showVersions(!showsVersions)}
      >
        {t('alternatives.versions')}
      </Button>
      {opinion.canJudge(generation) && (
        <Button
          icon={<ScanEye size={16} aria-hidden="true" />}
          title={t('alternatives.opinionTitle')}
          aria-pressed={isWanted}
          onClick={() => opinion.want(!isWanted)}
        >
          {t('alternatives.opinion')}
        </Button>
      )}
    </span>
  );
}
