import { FilePlus, FolderPlus } from 'lucide-react';
import { type DocumentOptions } from '../../shared/document';
import { Button } from '../components/Button';
import { t } from '../i18n/i18n';
import { type DocumentsStore } from './documents-store';

interface AddButtonsProps {
  documents: DocumentsStore;
  /** Null: without a pack nothing can be added. */
  options: DocumentOptions | null;
  isEmpty: boolean;
  isAdding: boolean;
}

export function AddButtons({ documents, options, isEmpty, isAdding }: AddButtonsProps) {
  const isOff = options === null || isAdding;
  const choose = (from: 'files' | 'folder') => !isOff && documents.choose(from, options);
  return (
    <>
      <Button
        look={isEmpty ? 'primary' : 'outlined'}
        icon={<FilePlus size={16} aria-hidden="true" />}
        aria-disabled={isOff}
        onClick={() => choose('files')}
      >
        {t('documents.addFiles')}
      </Button>
      <Button look="outlined" icon={<FolderPlus size={16} aria-hidden="true" />} aria-disabled={isOff} onClick={() => choose('folder')}>
        {t('documents.addFolder')}
      </Button>
    </>
  );
}
