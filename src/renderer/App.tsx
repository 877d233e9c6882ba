import {
  BookMarked,
  Columns3,
  EyeOff,
  Files,
  History,
  Languages,
  Package,
  ScrollText,
  Settings as SettingsIcon,
  ShieldCheck,
  type LucideIcon,
} from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type AppApi } from '../shared/app-api';
import { type HistoryEntry } from '../shared/history';
import { SCREEN_COMMANDS, SCREENS, type Screen } from '../shared/screens';
import { ComparePanel } from './compare/ComparePanel';
import { type CompareStore } from './compare/compare-store';
import { DocumentsPanel } from './documents/DocumentsPanel';
import { type DocumentsStore } from './documents/documents-store';
import { type ReviewStore } from './documents/review-store';
import { type EngineStore } from './engine/engine-store';
import { HistoryPanel } from './history/HistoryPanel';
import { type HistoryStore } from './history/history-store';
import { currentLanguage, t } from './i18n/i18n';
import { MODIFIER } from './keys';
import { MemoryPanel } from './memory/MemoryPanel';
import { type MemoryStore } from './memory/memory-store';
import { useMenuCommand } from './menu-commands';
import { PacksPanel } from './packs/PacksPanel';
import { type PacksStore } from './packs/packs-store';
import { CommandPalette } from './palette/CommandPalette';
import { type Command } from './palette/commands';
import { PrivacyPanel } from './privacy/PrivacyPanel';
import { type PrivacyStore } from './privacy/privacy-store';
import { type PacksFolderStore } from './settings/packs-folder-store';
import { SettingsPanel } from './settings/SettingsPanel';
import { type SettingsStore } from './settings/settings-store';
import { SummarizePanel } from './summarize/SummarizePanel';
import { type SummarizeStore } from './summarize/summarize-store';
import { type TestSetStore } from './testset/testset-store';
import { type AlternativesStore } from './translate/alternatives-store';
import { type OpinionStore } from './translate/opinion-store';
import { TranslatePanel } from './translate/TranslatePanel';
import { type TranslateStore } from './translate/translate-store';
import { FirstStart } from './welcome/FirstStart';
import { Notices } from './welcome/Notices';
import styles from './App.module.css';

const ICONS: Record<Screen, LucideIcon> = {
  translate: Languages,
  documents: Files,
  summarize: ScrollText,
  compare: Columns3,
  history: History,
  memory: BookMarked,
  packs: Package,
  privacy: ShieldCheck,
  settings: SettingsIcon,
};

export interface AppProps {
  app: AppApi;
  engine: EngineStore;
  settings: SettingsStore;
  translation: TranslateStore;
  alternatives: AlternativesStore;
  opinion: OpinionStore;
  documents: DocumentsStore;
  review: ReviewStore;
  summarize: SummarizeStore;
  compare: CompareStore;
  testSet: TestSetStore;
  packs: PacksStore;
  packsFolder: PacksFolderStore;
  privacy: PrivacyStore;
  memory: MemoryStore;
  history: HistoryStore;
  /** The translation shown was copied or saved. */
  onTranslationUsed(): void;
  /** The summary shown was copied or saved. */
  onSummaryUsed(): void;
  /** Every command that has a name. `show` shows a screen. */
  commands(show: (screen: Screen) => void): readonly Command[];
  /** Shows what is being translated in every lane. */
  onCompareTranslation(): void;
}

export function App({
  app,
  engine,
  settings,
  translation,
  alternatives,
  opinion,
  documents,
  review,
  summarize,
  compare,
  testSet,
  packs,
  packsFolder,
  privacy,
  memory,
  history,
  onTranslationUsed,
  onSummaryUsed,
  commands,
  onCompareTranslation,
}: AppProps) {
  const [shown, setScreen] = useState<Screen>('translate');
  const setShown = useCallback((screen: Screen) => {
    letGoOfField();
    setScreen(screen);
  }, []);
  const { theme, privateMode, welcomed, language: chosenLanguage } = useStore(settings, (state) => state.settings);
  const isFirstStart = !welcomed && shown === 'translate';
  // Draws everything anew when the language changes; it has been set by then.
  const language = useStore(settings, currentLanguage);

  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const openPalette = useCallback(() => setPaletteOpen(true), []);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!event.ctrlKey && !event.metaKey) return;
      const target = SCREENS.find(({ digit }) => String(digit) === event.key);
      if (event.key.toLowerCase() === 'k') openPalette();
      else if (target !== undefined) setShown(target.screen);
      else if (event.key === ',') setShown('settings');
      else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [openPalette, setShown]);

  useMenuCommand(app, 'showPalette', openPalette);
  useEffect(
    () =>
      app.on('menuCommand', (command) => {
        const chosen = SCREENS.find(({ screen }) => SCREEN_COMMANDS[screen] === command);
        if (chosen !== undefined) setShown(chosen.screen);
      }),
    [app, setShown],
  );
  useEffect(
    () =>
      app.on('translateText', (text) => {
        setShown('translate');
        settings.change({ welcomed: true });
        if (text.trim() !== '') translation.openExample(text);
      }),
    [app, settings, translation, setShown],
  );

  useEffect(() => documents.onOpened(() => setShown('documents')), [documents, setShown]);

  function reopen({ kind, from, to, lane, packId, source }: HistoryEntry) {
    if (kind === 'summary') {
      if (lane !== 'exact') settings.change({ summaryLane: lane });
      summarize.openExample(source);
      setShown('summarize');
      return;
    }
    settings.change({ from, to, lane, packId });
    translation.openExample(source);
    setShown('translate');
  }

  function railItem({ screen, digit }: (typeof SCREENS)[number]) {
    const Icon = ICONS[screen];
    return (
      <button
        key={screen}
        type="button"
        className={styles.item}
        aria-current={shown === screen ? 'page' : undefined}
        title={`${MODIFIER}${digit}`}
        onClick={() => setShown(screen)}
      >
        <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{t(`shell.${screen}`)}</span>
      </button>
    );
  }

  return (
    <div className={styles.window}>
      <nav className={styles.rail} aria-label={t('shell.screens')}>
        {SCREENS.filter(({ screen }) => screen !== 'settings').map(railItem)}
        <div className={styles.foot}>
          {privateMode && (
            <button type="button" className={styles.private} title={t('habits.privateModeMeaning')} onClick={() => setShown('settings')}>
              <EyeOff size={16} aria-hidden="true" />
              <span>{t('habits.privateMode')}</span>
            </button>
          )}
          {SCREENS.filter(({ screen }) => screen === 'settings').map(railItem)}
        </div>
      </nav>
      <div className={styles.screen}>
        <Notices app={app} />
        {isFirstStart && (
          <FirstStart
            language={chosenLanguage}
            onLanguage={(chosen) => settings.change({ language: chosen })}
            onStart={() => settings.change({ welcomed: true })}
          />
        )}
        <TranslatePanel
          app={app}
          engine={engine}
          settings={settings}
          translation={translation}
          alternatives={alternatives}
          opinion={opinion}
          isShown={shown === 'translate' && !isFirstStart}
          onOpenSettings={() => setShown('settings')}
          onUsed={onTranslationUsed}
          onCompare={() => {
            onCompareTranslation();
            setShown('compare');
          }}
        />
        {shown === 'documents' && (
          <DocumentsPanel
            engine={engine}
            settings={settings}
            documents={documents}
            review={review}
            onOpenSettings={() => setShown('settings')}
          />
        )}
        {shown === 'summarize' && (
          <SummarizePanel
            app={app}
            engine={engine}
            settings={settings}
            summarize={summarize}
            onOpenSettings={() => setShown('settings')}
            onUsed={onSummaryUsed}
          />
        )}
        {shown === 'compare' && (
          <ComparePanel
            app={app}
            engine={engine}
            settings={settings}
            compare={compare}
            testSet={testSet}
            onOpenSettings={() => setShown('settings')}
          />
        )}
        {shown === 'packs' && <PacksPanel engine={engine} settings={settings} packs={packs} />}
        {shown === 'history' && <HistoryPanel history={history} settings={settings} onOpen={reopen} />}
        {shown === 'memory' && <MemoryPanel engine={engine} settings={settings} memory={memory} />}
        {shown === 'privacy' && <PrivacyPanel engine={engine} settings={settings} privacy={privacy} />}
        {shown === 'settings' && (
          <SettingsPanel app={app} engine={engine} settings={settings} documents={documents} packsFolder={packsFolder} />
        )}
      </div>
      {isPaletteOpen && <CommandPalette commands={commands(setShown)} onClose={() => setPaletteOpen(false)} />}
    </div>
  );
}

/** React remembers the text field that has the focus until it loses it; one that went away with its screen would keep the whole screen in memory. */
function letGoOfField(): void {
  const focused = document.activeElement;
  if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) focused.blur();
}
