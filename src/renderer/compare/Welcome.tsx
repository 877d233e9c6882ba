import { t } from '../i18n/i18n';
import { EXAMPLES } from '../summarize/examples';
import { laneName } from '../translate/choice';
import { examplesFor } from '../translate/examples';
import { isSummary, readLanguage, type Compared } from './compared';
import styles from './ComparePanel.module.css';

/** What the panel does, and texts to try it on. */
export function Welcome({ choice, onExample }: { choice: Compared; onExample(text: string): void }) {
  if (choice.available.length < 2) return <p>{t('compare.oneLaneOnly', { pack: choice.pack.name })}</p>;
  const examples = isSummary(choice) ? EXAMPLES : examplesFor(choice.from).map((text) => ({ title: text, text }));
  return (
    <>
      <p>{isSummary(choice) ? t('compare.welcomeSummaries') : t('compare.welcome', { reference: laneName(choice.lanes[0] ?? 'llm') })}</p>
      <h2 id="compare-examples">{t('shell.tryOne')}</h2>
      <ul aria-labelledby="compare-examples" className={styles.examples}>
        {examples.map(({ title, text }) => (
          <li key={title}>
            <button type="button" className={styles.example} lang={readLanguage(choice)} onClick={() => onExample(text)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
