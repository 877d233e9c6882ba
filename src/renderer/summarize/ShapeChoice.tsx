import type { SummaryForm, SummaryLength, SummarizingManifest } from '../../shared/pack';
import { Segmented } from '../components/Segmented';
import { t } from '../i18n/i18n';
import { formsOf, lengthsOf } from './summary-choice';

interface ShapeChoiceProps {
  choice: { pack: SummarizingManifest; length: SummaryLength; form: SummaryForm };
  onLength(length: SummaryLength): void;
  onForm(form: SummaryForm): void;
}

/** How long a summary is, and whether it is text or points. */
export function ShapeChoice({ choice, onLength, onForm }: ShapeChoiceProps) {
  return (
    <>
      <Segmented
        label={t('summarize.length')}
        value={choice.length}
        options={lengthsOf(choice.pack).map((length) => ({
          value: length,
          label: t(`summarize.${length}`),
          meaning: t(`summarize.${length}Meaning`),
        }))}
        onChange={onLength}
      />
      {formsOf(choice.pack, choice.length).length > 1 && (
        <Segmented
          label={t('summarize.form')}
          value={choice.form}
          options={formsOf(choice.pack, choice.length).map((form) => ({
            value: form,
            label: t(`summarize.${form}`),
            meaning: t(`summarize.${form}Meaning`),
          }))}
          onChange={onForm}
        />
      )}
    </>
  );
}
