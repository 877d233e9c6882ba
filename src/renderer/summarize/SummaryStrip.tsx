import { Button } from '../components/Button';
import { type EngineCondition } from '../engine/engine-store';
import { t } from '../i18n/i18n';
import panes from '../translate/panes.module.css';
import { type SummarizeStore } from './summarize-store';
import styles from './summarize.module.css';
import { type SummaryRun } from './summary-run';
import { stepWords, verdictOf } from './verdict';

interface SummaryStripProps {
  run: SummaryRun | null;
  /** The sentence that is looked at, by its place. */
  chosen: number | null;
  summarize: SummarizeStore;
  condition: EngineCondition;
  showsCopied: boolean;
  onShowCopied(shows: boolean): void;
}

/** One line on how the summary stands, or on what the chosen sentence rests; always there, so that nothing moves when it speaks. */
export function SummaryStrip({ run, chosen, summarize, condition, showsCopied, onShowCopied }: SummaryStripProps) {
  if (run === null) return <div className={panes.strip} />;
  switch (run.phase) {
    case 'waiting':
    case 'working':
      return (
        <div className={panes.strip}>
          <span>
            {run.phase === 'working' ? stepWords(run) : condition.kind === 'opening' ? t('shell.openingPack') : t('summarize.waiting')}
          </span>
          <Button keys="Esc" onClick={() => summarize.cancel()}>
            {t('shell.cancel')}
          </Button>
        </div>
      );
    case 'cancelled':
      return (
        <div className={panes.strip} data-tone="warn">
          <span>{run.output === '' ? t('summarize.cancelled') : t('summarize.cancelledKept')}</span>
          <Button onClick={() => summarize.summarize()}>{t('summarize.again')}</Button>
        </div>
      );
    case 'done': {
      const { words, tone } = verdictOf(run, chosen);
      const accepted = run.summary?.copying.accepted ?? 0;
      return (
        <div className={panes.strip} data-tone={tone}>
          <span className={styles.support} role={chosen === null ? undefined : 'status'} title={words}>
            {words}
          </span>
          {accepted > 0 && (
            <Button
              aria-pressed={showsCopied}
              title={t('summarize.copied', { count: accepted })}
              onClick={() => onShowCopied(!showsCopied)}
            >
              {t('summarize.showCopied')}
            </Button>
          )}
        </div>
      );
    }
    case 'failed':
      return <div className={panes.strip} />;
    default:
      return run.phase satisfies never;
  }
}
