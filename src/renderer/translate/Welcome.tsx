import { t } from '../i18n/i18n';
import { packLanes, type Choice } from './choice';
import { examplesFor } from './examples';
import styles from './panes.module.css';

const LANE_SENTENCES = { hybrid: 'translate.welcomeHybrid', llm: 'translate.welcomeLlm' } as const;

/** The empty state: what the lanes are, in at most three sentences, and two texts to begin with. */
export function Welcome({ choice, onExample }: { choice: Choice; onExample(text: string): void }) {
  const sentences = packLanes(choice.pack).flatMap((lane) => (lane === 'slm' ? [] : [LANE_SENTENCES[lane]]));
  return (
    <div className={styles.welcome}>
      <p>{[t('translate.welcome'), ...sentences.map((sentence) => t(sentence))].join(' ')}</p>
      <h2 id="examples">{t('shell.tryOne')}</h2>
      <ul aria-labelledby="examples">
        {examplesFor(choice.from).map((text) => (
          <li key={text}>
            <button type="button" className={styles.example} lang={choice.from} onClick={() => onExample(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
