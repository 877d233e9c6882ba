import { Columns3, Files, Languages, Settings as SettingsIcon, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type AppApi } from '../shared/app-api';
import { ComparePanel } from './compare/ComparePanel';
import { type CompareStore } from './compare/compare-store';
import { DocumentsPanel } from './documents/DocumentsPanel';
import { type DocumentsStore } from './documents/documents-store';
import { type ReviewStore } from './documents/review-store';
import { type EngineStore } from './engine/engine-store';
import { currentLanguage, t } from './i18n/i18n';
import { useMenuCommand } from './menu-commands';
import { SettingsPanel } from './settings/SettingsPanel';
import { type SettingsStore } from './settings/settings-store';
import { TranslatePanel } from './translate/TranslatePanel';
import { type TranslateStore } from './translate/translate-store';
import styles from './App.module.css';

type Screen = 'translate' | 'documents' | 'compare' | 'settings';

const SCREENS: readonly { screen: Screen; key: string; icon: LucideIcon }[] = [
  { screen: 'translate', key: '1', icon: Languages },
  { screen: 'documents', key: '2', icon: Files },
  { screen: 'compare', key: '4', icon: Columns3 },
  { screen: 'settings', key: ',', icon: SettingsIcon },
];

export interface AppProps {
  app: AppApi;
  engine: EngineStore;
  settings: SettingsStore;
  translation: TranslateStore;
  documents: DocumentsStore;
  review: ReviewStore;
  compare: CompareStore;
  /** Shows what is being translated in every lane. */
  onCompareTranslation(): void;
}

export function App({ app, engine, settings, translation, documents, review, compare, onCompareTranslation }: AppProps) {
  const [shown, setShown] = useState<Screen>('translate');
  const theme = useStore(settings, (state) => state.settings.theme);
  // Draws everything anew when the language changes; it has been set by then.
  const language = useStore(settings, currentLanguage);

  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const target = event.ctrlKey || event.metaKey ? SCREENS.find(({ key }) => key === event.key) : undefined;
      if (target === undefined) return;
      event.preventDefault();
      setShown(target.screen);
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  useMenuCommand(app, 'showSettings', () => setShown('settings'));
  useMenuCommand(app, 'showTranslate', () => setShown('translate'));
  useMenuCommand(app, 'showDocuments', () => setShown('documents'));
  useMenuCommand(app, 'showCompare', () => setShown('compare'));

  return (
    <div className={styles.window}>
      <nav className={styles.rail} aria-label={t('shell.screens')}>
        {SCREENS.map(({ screen, icon: Icon }) => (
          <button
            key={screen}
            type="button"
            className={styles.item}
            aria-current={shown === screen ? 'page' : undefined}
            onClick={() => setShown(screen)}
          >
            <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
            <span>{t(`shell.${screen}`)}</span>
          </button>
        ))}
      </nav>
      <TranslatePanel
        app={app}
        engine={engine}
        settings={settings}
        translation={translation}
        isShown={shown === 'translate'}
        onOpenSettings={() => setShown('settings')}
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
      {shown === 'compare' && (
        <ComparePanel app={app} engine={engine} settings={settings} compare={compare} onOpenSettings={() => setShown('settings')} />
      )}
      {shown === 'settings' && <SettingsPanel engine={engine} settings={settings} />}
    </div>
  );
}
