import { LANE_NAMES, packLanes, type Choice } from './choice';
import { examplesFor } from './examples';
import styles from './panes.module.css';

const LANE_SENTENCES = {
  hybrid: 'In Hybrid the small model then writes the translation, fast.',
  llm: 'In LLM the large model writes it too, slower and more exact.',
  slm: `In ${LANE_NAMES.slm} the small model does all the work.`,
};

/** The empty state: what the lanes are, in at most three sentences, and two texts to begin with. */
export function Welcome({ choice, onExample }: { choice: Choice; onExample(text: string): void }) {
  const lanes = packLanes(choice.pack).filter((lane) => lane !== 'slm');
  return (
    <div className={styles.welcome}>
      <p>A large model reads your text once. {lanes.map((lane) => LANE_SENTENCES[lane]).join(' ')}</p>
      <h2 id="examples">Try one</h2>
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
