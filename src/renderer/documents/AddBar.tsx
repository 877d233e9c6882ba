import { useStore } from 'zustand';
import { reflowFormatSchema } from '../../shared/document';
import { Select } from '../components/Select';
import { Switch } from '../components/Switch';
import { Tip } from '../components/Tip';
import { t } from '../i18n/i18n';
import { folderName } from '../translate/problem';
import { type DocumentsStore } from './documents-store';
import styles from './AddBar.module.css';

interface AddBarProps {
  documents: DocumentsStore;
  /** Null: beside their originals. */
  outputFolder: string | null;
  /** Whether a bilingual file is written as well. */
  isBilingual: boolean;
  onBilingual(on: boolean): void;
}

/** What holds for files that are added from now on. */
export function AddBar({ documents, outputFolder, isBilingual, onBilingual }: AddBarProps) {
  const { skipExisting, reflowInto } = useStore(documents, (state) => state.adding);
  return (
    <div className={styles.bar} role="group" aria-label={t('documents.newDocuments')}>
      <span className={styles.control} title={outputFolder ?? undefined}>
        <span aria-hidden="true">{t('documents.saveTranslations')}</span>
        <Select
          label={t('documents.saveTranslations')}
          value={outputFolder === null ? 'beside' : 'chosen'}
          options={[
            { value: 'beside', label: t('documents.besideOriginals') },
            ...(outputFolder === null ? [] : [{ value: 'chosen', label: t('documents.inFolder', { folder: folderName(outputFolder) }) }]),
            { value: 'ask', label: outputFolder === null ? t('documents.inAFolder') : t('documents.inAnotherFolder') },
          ]}
          onChange={(where) => (where === 'ask' || where === 'beside') && documents.chooseOutputFolder(where)}
        />
      </span>
      <span className={styles.control}>
        <span aria-hidden="true">{t('documents.pdfAs')}</span>
        <Select
          label={t('documents.pdfAs')}
          value={reflowInto}
          options={reflowFormatSchema.options.map((value) => ({ value, label: t(`documents.pdfAs_${value}`) }))}
          onChange={(value) => documents.setAdding({ reflowInto: reflowFormatSchema.parse(value) })}
        />
      </span>
      <span className={styles.control}>
        <Tip text={t('documents.skipMeaning')} align="start">
          <span className={styles.control}>
            <Switch label={t('documents.skipExisting')} on={skipExisting} onChange={(on) => documents.setAdding({ skipExisting: on })} />
            <span aria-hidden="true">{t('documents.skipExisting')}</span>
          </span>
        </Tip>
      </span>
      <span className={styles.control}>
        <Tip text={t('memory.bilingualMeaning')} align="start">
          <span className={styles.control}>
            <Switch label={t('memory.bilingual')} on={isBilingual} onChange={onBilingual} />
            <span aria-hidden="true">{t('memory.bilingual')}</span>
          </span>
        </Tip>
      </span>
    </div>
  );
}
