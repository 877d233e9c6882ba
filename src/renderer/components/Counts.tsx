import { type TextCounts } from '../counts';
import { t } from '../i18n/i18n';

export function Counts({ counts: { words, characters } }: { counts: TextCounts }) {
  return (
    <>
      <span>{t('shell.words', { count: words })}</span>
      <span>{t('shell.characters', { count: characters })}</span>
    </>
  );
}
