import { TriangleAlert } from 'lucide-react';
import { Button } from '../components/Button';
import { CopyDiagnosis } from '../components/CopyDiagnosis';
import { t, type TextKey } from '../i18n/i18n';
import { type Problem, type Remedy } from './problem';
import styles from './panes.module.css';

const REMEDY_LABELS = {
  translate: 'shell.remedyTranslate',
  restart: 'shell.remedyRestart',
  rescan: 'shell.remedyRescan',
  'open-packs': 'shell.remedyOpenPacks',
  settings: 'shell.remedySettings',
} as const satisfies Record<Remedy, TextKey>;

interface ProblemNoticeProps {
  problem: Problem;
  /** What doing it again is called. */
  again?: string;
  onRemedy(remedy: Remedy): void;
}

/** Says what happened and offers what mends it, in place. */
export function ProblemNotice({ problem, again, onRemedy }: ProblemNoticeProps) {
  return (
    <div className={styles.problem} role="alert">
      <TriangleAlert size={18} aria-hidden="true" />
      <div>
        <h2>{problem.title}</h2>
        <p>{problem.message}</p>
        {(problem.remedies.length > 0 || problem.isReportable === true) && (
          <div className={styles.remedies}>
            {problem.remedies.map((remedy, index) => (
              <Button key={remedy} look={index === 0 ? 'outlined' : 'quiet'} onClick={() => onRemedy(remedy)}>
                {remedy === 'translate' && again !== undefined ? again : t(REMEDY_LABELS[remedy])}
              </Button>
            ))}
            {problem.isReportable === true && <CopyDiagnosis />}
          </div>
        )}
      </div>
    </div>
  );
}
