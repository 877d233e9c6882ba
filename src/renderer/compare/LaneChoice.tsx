import { Check } from 'lucide-react';
import type { RequestLane } from '../../shared/inference/lanes';
import { Tip } from '../components/Tip';
import { t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import styles from './LaneChoice.module.css';

interface LaneChoiceProps {
  available: readonly RequestLane[];
  chosen: readonly RequestLane[];
  meaningOf(lane: RequestLane): string;
  onChange(lanes: readonly RequestLane[]): void;
}

/** Which lanes stand side by side; two at least. */
export function LaneChoice({ available, chosen, meaningOf, onChange }: LaneChoiceProps) {
  return (
    <div role="group" aria-label={t('shell.lanes')} className={styles.group}>
      {available.map((lane) => {
        const isOn = chosen.includes(lane);
        const isNeeded = isOn && chosen.length <= 2;
        return (
          <Tip key={lane} text={isNeeded ? t('compare.needsTwo', { meaning: meaningOf(lane) }) : meaningOf(lane)}>
            <button
              type="button"
              role="checkbox"
              aria-checked={isOn}
              aria-disabled={isNeeded}
              className={styles.lane}
              onClick={() => !isNeeded && onChange(isOn ? chosen.filter((other) => other !== lane) : [...chosen, lane])}
            >
              <span className={styles.box} aria-hidden="true">
                {isOn && <Check size={12} strokeWidth={3} />}
              </span>
              {laneName(lane)}
            </button>
          </Tip>
        );
      })}
    </div>
  );
}
