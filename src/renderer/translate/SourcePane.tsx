import { Eraser, FileText } from 'lucide-react';
import { useMemo, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import { type AppApi, type DetectedLanguage } from '../../shared/app-api';
import { Button } from '../components/Button';
import { Counts } from '../components/Counts';
import { SourceText } from '../components/SourceText';
import { countText } from '../counts';
import { formatNumber, formatPercent, languageName, t } from '../i18n/i18n';
import { MODIFIER } from '../keys';
import { useMenuCommand } from '../menu-commands';
import { targetLanguages, type Choice } from './choice';
import { useDetectedLanguage } from './detection';
import { isBlank, LIVE_LIMIT, type TranslateStore } from './translate-store';
import styles from './panes.module.css';

interface SourcePaneProps {
  app: AppApi;
  translation: TranslateStore;
  choice: Choice | null;
  isLive: boolean;
  isShown: boolean;
  textArea: RefObject<HTMLTextAreaElement | null>;
  onPair(from: string, to: string): void;
}

export function SourcePane({ app, translation, choice, isLive, isShown, textArea, onPair }: SourcePaneProps) {
  const language = choice?.from;
  const source = useStore(translation, (state) => state.source);
  const isAnswered = useStore(translation, (state) => state.generation?.input.text === state.source);
  const [problem, setProblem] = useState<string | null>(null);
  const counts = useMemo(() => countText(source), [source]);

  async function openFile() {
    setProblem(null);
    const opened = await app.call('openTextFile', {});
    if (opened.kind === 'failed') setProblem(opened.message);
    if (opened.kind === 'text') translation.openFile(opened.name, opened.text);
    textArea.current?.focus();
  }

  useMenuCommand(app, 'openFile', () => isShown && void openFile());

  const detected = useDetectedLanguage(app, translation);
  const found = detected !== null && detected.language !== language ? detected : null;
  const hint = isAnswered || isBlank(source) ? null : hintFor(source, isLive);

  return (
    <section className={styles.pane} aria-label={t('shell.source')}>
      <SourceText store={translation} label={t('translate.sourceText')} language={language} textArea={textArea} className={styles.source} />
      <div className={styles.strip} data-tone={problem === null ? 'plain' : 'bad'} role={problem === null ? undefined : 'alert'}>
        {problem ?? (found === null ? hint : <LanguageOffer found={found} choice={choice} onPair={onPair} />)}
      </div>
      <footer className={styles.footer}>
        <span className={styles.counts}>{source !== '' && <Counts counts={counts} />}</span>
        <Button icon={<FileText size={16} aria-hidden="true" />} title={t('translate.openFileTitle')} onClick={() => void openFile()}>
          {t('translate.openFile')}
        </Button>
        <Button
          icon={<Eraser size={16} aria-hidden="true" />}
          title={t('translate.clearTitle')}
          disabled={source === ''}
          onClick={() => {
            translation.clear();
            textArea.current?.focus();
          }}
        >
          {t('shell.clear')}
        </Button>
        <Button
          look="primary"
          disabled={isBlank(source)}
          title={t('translate.translateTitle', { keys: `${MODIFIER}Enter` })}
          onClick={() => translation.translate()}
        >
          {t('shell.translate')}
        </Button>
      </footer>
    </section>
  );
}

/** Says what the text looks like, and offers to take it as that; the choice stays a person's. */
function LanguageOffer({ found, choice, onPair }: { found: DetectedLanguage } & Pick<SourcePaneProps, 'choice' | 'onPair'>) {
  if (found.language === null || choice === null) return null;
  const from = found.language;
  const named = { language: languageName(from) };
  const targets = targetLanguages(choice.pack, from);
  const to = targets.includes(choice.to) ? choice.to : targets[0];
  const sure = t('habits.languageSure', { percent: formatPercent(found.confidence) });
  if (to === undefined) return <span title={sure}>{t('habits.looksUnknown', { ...named, pack: choice.pack.name })}</span>;
  return (
    <>
      <span title={sure}>{t('habits.looksLike', named)}</span>
      <Button onClick={() => onPair(from, to)}>{t('habits.translateFrom', named)}</Button>
    </>
  );
}

function hintFor(source: string, isLive: boolean): string | null {
  if (!isLive) return t('translate.pressToTranslate', { keys: `${MODIFIER}Enter` });
  return source.length > LIVE_LIMIT ? t('translate.overLimit', { limit: formatNumber(LIVE_LIMIT), keys: `${MODIFIER}Enter` }) : null;
}
