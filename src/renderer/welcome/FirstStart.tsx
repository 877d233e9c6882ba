import { type LanguageChoice, INTERFACE_LANGUAGES, languageChoiceSchema } from '../../shared/language';
import { Button } from '../components/Button';
import { Select } from '../components/Select';
import { ownName, t } from '../i18n/i18n';
import { laneName } from '../translate/choice';
import styles from './FirstStart.module.css';

interface FirstStartProps {
  language: LanguageChoice;
  onLanguage(language: LanguageChoice): void;
  onStart(): void;
}

/** What the app is, in three sentences; shown until it was read once. */
export function FirstStart({ language, onLanguage, onStart }: FirstStartProps) {
  const names = { hybrid: laneName('hybrid'), llm: laneName('llm'), exact: laneName('exact'), best: laneName('best') };
  return (
    <main className={styles.panel} aria-label={t('habits.welcome')}>
      <div className={styles.column}>
        <h1>{t('habits.welcome')}</h1>
        <p>{t('habits.welcomeOne')}</p>
        <p>{t('habits.welcomeTwo', { hybrid: names.hybrid, llm: names.llm })}</p>
        <p>{t('habits.welcomeThree', { exact: names.exact, llm: names.llm, best: names.best })}</p>
        <div className={styles.actions}>
          <Button look="primary" autoFocus onClick={onStart}>
            {t('habits.welcomeStart')}
          </Button>
          <span className={styles.language}>
            <span aria-hidden="true">{t('settings.language')}</span>
            <Select
              label={t('settings.language')}
              value={language}
              options={[
                { value: 'system', label: t('settings.system') },
                ...INTERFACE_LANGUAGES.map((spoken) => ({ value: spoken, label: ownName(spoken) })),
              ]}
              onChange={(chosen) => onLanguage(languageChoiceSchema.parse(chosen))}
            />
          </span>
        </div>
      </div>
    </main>
  );
}
