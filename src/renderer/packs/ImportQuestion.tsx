import { useId, useState } from 'react';
import { type PackImport } from '../../shared/pack-library';
import { Button } from '../components/Button';
import { Select } from '../components/Select';
import { currentLanguage, languageName, t } from '../i18n/i18n';
import styles from './ImportNotice.module.css';

/** Offered for a model that does not say what it knows. */
const COMMON_LANGUAGES = [
  'ar', 'bg', 'bn', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa', 'fi', 'fr', 'ga', 'gl', 'he', 'hi', 'hr', 'hu', 'id', 'is', 'it',
  'ja', 'ka', 'ko', 'lt', 'lv', 'mk', 'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr', 'sv', 'sw', 'ta', 'te', 'th', 'tr',
  'uk', 'ur', 'vi', 'zh',
]; // prettier-ignore

interface ImportQuestionProps {
  question: Extract<PackImport, { kind: 'asks' }>;
  onAnswer(from: string, to: string, prefix: string | null): void;
  onDismiss(): void;
}

/** Which languages a model translates that does not tell itself. */
export function ImportQuestion({ question, onAnswer, onDismiss }: ImportQuestionProps) {
  const languages = question.offered ?? COMMON_LANGUAGES;
  const first = (wanted: string, other: string) => (languages.includes(wanted) ? wanted : (languages.find((tag) => tag !== other) ?? ''));
  const [from, setFrom] = useState(() => first('en', ''));
  const [to, setTo] = useState(() => first('de', from));
  const [prefix, setPrefix] = useState('');
  const prefixId = useId();
  const options = languages
    .map((tag) => ({ value: tag, label: languageName(tag) }))
    .sort((a, b) => a.label.localeCompare(b.label, currentLanguage()));

  return (
    <form
      className={styles.notice}
      data-kind="asks"
      aria-label={t('packs.asks', { name: question.name })}
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(from, to, question.asksPrefix && prefix !== '' ? prefix : null);
      }}
    >
      <div className={styles.words}>
        <strong>{t('packs.asks', { name: question.name })}</strong>
        <p>{t('packs.asksMeaning', { family: question.family })}</p>
        <div className={styles.fields}>
          <Select label={t('shell.from')} value={from} options={options} onChange={setFrom} />
          <span aria-hidden="true">{'→'}</span>
          <Select label={t('shell.to')} value={to} options={options} onChange={setTo} />
        </div>
        {question.asksPrefix && (
          <div className={styles.fields}>
            <label htmlFor={prefixId}>{t('packs.asksPrefix')}</label>
            <input
              id={prefixId}
              className={styles.input}
              value={prefix}
              placeholder={t('packs.asksPrefixExample')}
              onChange={(event) => setPrefix(event.target.value)}
            />
          </div>
        )}
        <div className={styles.fields}>
          <Button type="submit" look="primary" disabled={from === to}>
            {t('packs.goOn')}
          </Button>
          <Button onClick={onDismiss}>{t('shell.cancel')}</Button>
        </div>
      </div>
    </form>
  );
}
