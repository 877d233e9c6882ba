import { Check } from 'lucide-react';
import { type RequestLane } from '../../shared/inference';
import { Tip } from '../components/Tip';
import { LANE_MEANINGS, LANE_NAMES } from '../translate/choice';
import styles from './LaneChoice.module.css';

interface LaneChoiceProps {
  available: readonly RequestLane[];
  chosen: readonly RequestLane[];
  onChange(lanes: readonly RequestLane[]): void;
}

/** Which lanes stand side by side; two at least. */
export function LaneChoice({ available, chosen, onChange }: LaneChoiceProps) {
  return (
    <div role="group" aria-label="Lanes" className={styles.group}>
      {available.map((lane) => {
        const isOn = chosen.includes(lane);
        const isNeeded = isOn && chosen.length <= 2;
        return (
          <Tip key={lane} text={isNeeded ? `${LANE_MEANINGS[lane]} A comparison needs two lanes.` : LANE_MEANINGS[lane]}>
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
              {LANE_NAMES[lane]}
            </button>
          </Tip>
        );
      })}
    </div>
  );
}
