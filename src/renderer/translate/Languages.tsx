import { ArrowLeftRight } from 'lucide-react';
import { type Settings } from '../../shared/app-api';
import { Button } from '../components/Button';
import { Select } from '../components/Select';
import { Tip } from '../components/Tip';
import { languageName, languageTitle, t } from '../i18n/i18n';
import { MODIFIER } from '../keys';
import { canSwap, sourceLanguages, targetLanguages, type Choice } from './choice';
import styles from './Languages.module.css';

interface LanguagesProps {
  choice: Omit<Choice, 'lane' | 'chosen'> | null;
  /** Shown while there is no choice. */
  settings: Pick<Settings, 'from' | 'to'>;
  onChange(from: string, to: string): void;
  onSwap(): void;
}

/** Both languages, as far as the pack goes, and a swap that is always there. */
export function Languages({ choice, settings, onChange, onSwap }: LanguagesProps) {
  const { from, to } = choice ?? settings;
  const named = (language: string) => ({ value: language, label: languageTitle(language) });
  return (
    <div className={styles.languages}>
      <Select
        label={t('shell.from')}
        look="strong"
        value={from}
        disabled={choice === null}
        options={(choice === null ? [from] : sourceLanguages(choice.pack)).map(named)}
        onChange={(language) => {
          const reachable = choice === null ? [] : targetLanguages(choice.pack, language);
          onChange(language, reachable.includes(to) ? to : (reachable[0] ?? to));
        }}
      />
      <Tip align="start" text={swapWords(choice)}>
        <Button
          icon={<ArrowLeftRight size={16} aria-hidden="true" />}
          aria-label={t('shell.swap')}
          aria-disabled={choice === null || !canSwap(choice)}
          onClick={onSwap}
        />
      </Tip>
      <Select
        label={t('shell.to')}
        look="strong"
        value={to}
        disabled={choice === null}
        options={(choice === null ? [to] : targetLanguages(choice.pack, from)).map(named)}
        onChange={(language) => onChange(from, language)}
      />
    </div>
  );
}

function swapWords(choice: LanguagesProps['choice']): string {
  if (choice === null) return t('shell.swapWithoutPack');
  return canSwap(choice)
    ? t('shell.swapWithKeys', { keys: `${MODIFIER}Shift+S` })
    : t('shell.swapUnknown', { pack: choice.pack.name, from: languageName(choice.to), to: languageName(choice.from) });
}
