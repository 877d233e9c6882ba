import { TriangleAlert } from 'lucide-react';
import { Button } from '../components/Button';
import { type Problem, type Remedy } from './problem';
import styles from './panes.module.css';

const REMEDY_LABELS: Record<Remedy, string> = {
  translate: 'Translate again',
  restart: 'Restart the engine',
  rescan: 'Look for packs again',
  'open-packs': 'Open the packs folder',
  settings: 'Open settings',
};

/** Says what happened and offers what mends it, in place. */
export function ProblemNotice({ problem, onRemedy }: { problem: Problem; onRemedy(remedy: Remedy): void }) {
  return (
    <div className={styles.problem} role="alert">
      <TriangleAlert size={18} aria-hidden="true" />
      <div>
        <h2>{problem.title}</h2>
        <p>{problem.message}</p>
        <div className={styles.remedies}>
          {problem.remedies.map((remedy, index) => (
            <Button key={remedy} look={index === 0 ? 'outlined' : 'quiet'} onClick={() => onRemedy(remedy)}>
              {REMEDY_LABELS[remedy]}
            </Button>
          ))}
        </div>
      </div>
    </div>
  );
}
