import { type Settings } from '../../shared/app-api';
import { Select } from '../components/Select';
import { t } from '../i18n/i18n';
import { ShapeChoice } from '../summarize/ShapeChoice';
import { Languages } from '../translate/Languages';
import { COMPARED_TASKS, isSummary, meaningOf, type Compared, type ComparedTask } from './compared';
import { type CompareStore } from './compare-store';
import { LaneChoice } from './LaneChoice';

interface DecisionsProps {
  compare: CompareStore;
  task: ComparedTask;
  /** Whether packs of both kinds are there. */
  hasBothTasks: boolean;
  choice: Compared | null;
  settings: Settings;
  onSwap(): void;
}

/** What is compared: translations or summaries, of which kind, and the lanes. */
export function Decisions({ compare, task, hasBothTasks, choice, settings, onSwap }: DecisionsProps) {
  return (
    <>
      {(hasBothTasks || task === 'summarize') && (
        <Select
          label={t('compare.task')}
          look="strong"
          value={task}
          options={COMPARED_TASKS.map((value) => ({ value, label: t(`compare.${value}`) }))}
          onChange={(value) => compare.chooseTask(COMPARED_TASKS.find((known) => known === value) ?? task)}
        />
      )}
      {choice !== null && isSummary(choice) ? (
        <ShapeChoice
          choice={choice}
          onLength={(length) => compare.chooseShape({ length, form: choice.form })}
          onForm={(form) => compare.chooseShape({ length: choice.length, form })}
        />
      ) : (
        task === 'translate' && (
          <Languages choice={choice} settings={settings} onChange={(from, to) => compare.choosePair({ from, to })} onSwap={onSwap} />
        )
      )}
      {choice !== null && (
        <LaneChoice
          available={choice.available}
          chosen={choice.lanes}
          meaningOf={(lane) => meaningOf(choice, lane)}
          onChange={compare.chooseLanes}
        />
      )}
    </>
  );
}
