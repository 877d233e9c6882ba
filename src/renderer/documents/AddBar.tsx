import { type ReactNode } from 'react';
import { useStore } from 'zustand';
import { Select } from '../components/Select';
import { Switch } from '../components/Switch';
import { Tip } from '../components/Tip';
import { folderName } from '../translate/problem';
import { type DocumentsStore } from './documents-store';
import styles from './AddBar.module.css';

interface AddBarProps {
  documents: DocumentsStore;
  /** Null: beside their originals. */
  outputFolder: string | null;
  /** The buttons that add. */
  children: ReactNode;
}

/** What holds for files that are added from now on. */
export function AddBar({ documents, outputFolder, children }: AddBarProps) {
  const skipExisting = useStore(documents, (state) => state.skipExisting);
  return (
    <div className={styles.bar} role="group" aria-label="New documents">
      <span className={styles.control} title={outputFolder ?? undefined}>
        <span aria-hidden="true">Save translations</span>
        <Select
          label="Save translations"
          value={outputFolder === null ? 'beside' : 'chosen'}
          options={[
            { value: 'beside', label: 'beside the originals' },
            ...(outputFolder === null ? [] : [{ value: 'chosen', label: `in ${folderName(outputFolder)}` }]),
            { value: 'ask', label: outputFolder === null ? 'in a folder…' : 'in another folder…' },
          ]}
          onChange={(where) => (where === 'ask' || where === 'beside') && documents.chooseOutputFolder(where)}
        />
      </span>
      <span className={styles.control}>
        <Tip text="Files that have a translation in place already are left out." align="start">
          <span className={styles.control}>
            <Switch label="Skip existing translations" on={skipExisting} onChange={documents.setSkipExisting} />
            <span aria-hidden="true">
              Skip existing<span className={styles.more}> translations</span>
            </span>
          </span>
        </Tip>
      </span>
      <div className={styles.buttons}>{children}</div>
    </div>
  );
}
