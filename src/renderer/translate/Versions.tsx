import { useStore } from 'zustand';
import { compareWords } from '../compare/words';
import { type Generation } from '../generation';
import { wholeText } from '../growing-text';
import { formatPercent, t } from '../i18n/i18n';
import { versionsOf, type AlternativesStore } from './alternatives-store';
import styles from './Versions.module.css';

interface VersionsProps {
  alternatives: AlternativesStore;
  generation: Generation;
}

/** Other outputs of the sentence that is looked at; where they say it in other words than the one that stands, the words stand out. */
export function Versions({ alternatives, generation }: VersionsProps) {
  const place = useStore(alternatives, (state) => state.place);
  const versions = useStore(alternatives, (state) => state.versions);
  const sentence = generation.sentences.find((candidate) => candidate.sentence === versions?.sentence) ?? versionsOf(generation, place);
  const list = versions?.list ?? null;
  const standing = sentence === null ? '' : wholeText(generation.output).slice(sentence.start, sentence.end);
  const others = list?.filter(({ text }) => text !== standing) ?? [];
  return (
    <section className={styles.versions} aria-label={t('alternatives.versions')} aria-busy={versions !== null && list === null}>
      {sentence === null || versions === null ? (
        <p className={styles.quiet}>{t('alternatives.versionsChoose')}</p>
      ) : versions.problem !== null ? (
        <p className={styles.problem}>{t('alternatives.versionsFailed', { reason: versions.problem })}</p>
      ) : list === null ? (
        <p className={styles.quiet}>{t('alternatives.versionsSearching')}</p>
      ) : others.length === 0 ? (
        <p className={styles.quiet}>{t('alternatives.versionsNone')}</p>
      ) : (
        <>
          <p className={styles.quiet}>{t('alternatives.versionsOf')}</p>
          <ul>
            {others.map((version) => (
              <li key={version.text}>
                <button type="button" className={styles.version} onClick={() => alternatives.take(version)}>
                  <span lang={generation.input.task.to}>
                    <Differing standing={standing} text={version.text} />
                  </span>
                  <span className={styles.confidence} title={t('alternatives.confidence')}>
                    {formatPercent(version.confidence)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Differing({ standing, text }: { standing: string; text: string }) {
  const runs = compareWords(standing, text)?.lines.flat() ?? [{ text, differs: false }];
  return runs.map((run, index) => (run.differs ? run.text !== '' && <strong key={index}>{run.text}</strong> : run.text));
}
