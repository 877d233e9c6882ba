import { FileText } from 'lucide-react';
import { useRef } from 'react';
import { type DocumentJob } from '../../shared/document';
import { Button } from '../components/Button';
import { Tip } from '../components/Tip';
import { t } from '../i18n/i18n';
import { JobMenu } from './JobMenu';
import { JobProgress } from './JobProgress';
import { JobTimes } from './JobTimes';
import {
  actionWords,
  changedChoice,
  checkWords,
  factWords,
  leftWords,
  menuActions,
  primaryAction,
  stateWords,
  type JobAction,
} from './words';
import styles from './JobRow.module.css';

interface JobRowProps {
  job: DocumentJob;
  /** Why the last thing done with this job failed. */
  problem: string | null;
  onAct(action: JobAction): void;
  /** A changed job goes on. */
  onGoOn(how: 'keep' | 'fresh'): void;
}

const TONES: Partial<Record<DocumentJob['state']['kind'], 'bad' | 'warn'>> = { failed: 'bad', changed: 'warn' };

/** One file: what it is, how it stands, what can be done. */
export function JobRow({ job, problem, onAct, onGoOn }: JobRowProps) {
  const { name, folder, state } = job;
  const actions = useRef<HTMLDivElement>(null);
  const primary = primaryAction(state);

  function goOn(how: 'keep' | 'fresh') {
    // The buttons go away.
    actions.current?.querySelector<HTMLElement>('button')?.focus();
    onGoOn(how);
  }

  return (
    <li className={styles.row} data-job={name} data-state={state.kind}>
      <FileText className={styles.icon} size={20} strokeWidth={1.5} aria-hidden="true" />
      <div className={styles.words}>
        <FileName name={name} folder={folder} />
        <p className={styles.facts}>
          {factWords(job).map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
        <div className={styles.state} data-tone={TONES[state.kind]}>
          {stateWords(state).map((part, place) => (
            <span key={place} className={place === 0 ? styles.word : undefined}>
              {part}
            </span>
          ))}
          {state.kind === 'done' && checkWords(state.report) !== null && (
            <span>
              <button type="button" className={styles.check} onClick={() => onAct('review')}>
                {checkWords(state.report)}
              </button>
            </span>
          )}
        </div>
        {state.kind === 'changed' && (
          <div className={styles.choices}>
            {(['keep', 'fresh'] as const).map((how) => (
              <Tip key={how} text={changedChoice(how).meaning} align="start">
                <Button look="outlined" onClick={() => goOn(how)}>
                  {changedChoice(how).label}
                </Button>
              </Tip>
            ))}
          </div>
        )}
        {state.kind === 'done' && state.report.left.length > 0 && (
          <details className={styles.left}>
            <summary>{t('documents.notTranslated', { what: leftWords(state.report) })}</summary>
            <ul>
              {state.report.left.map(({ what, why }, place) => (
                <li key={place}>
                  {what}: {why}
                </li>
              ))}
            </ul>
          </details>
        )}
        {state.kind === 'done' && state.report.times !== null && (
          <JobTimes times={state.report.times} translateMs={state.report.translateMs} name={name} />
        )}
        {problem !== null && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <JobProgress state={state} name={name} />
      </div>
      <div ref={actions} className={styles.actions}>
        {primary !== null && (
          <Button look="outlined" aria-disabled={state.kind === 'writing'} onClick={() => state.kind !== 'writing' && onAct(primary)}>
            {actionWords(primary)}
          </Button>
        )}
        <JobMenu name={name} actions={menuActions(state)} onAct={onAct} />
      </div>
    </li>
  );
}

/** Of a name that is cut its end, which tells files apart, so much stays at least. UTF-16 code units. */
const TAIL = 14;

function FileName({ name, folder }: { name: string; folder: string }) {
  return (
    <h3 className={styles.name} title={`${name}\n${folder}`}>
      <span>{name.slice(0, -TAIL)}</span>
      <span>{name.slice(-TAIL)}</span>
    </h3>
  );
}
