/** The window's composition: everything is made here and passed on. */
import './csp';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import './base.css';
import { createCompareStore } from './compare/compare-store';
import { chooseComparison } from './compare/lanes';
import { createDocumentsStore } from './documents/documents-store';
import { createReviewStore } from './documents/review-store';
import { createEngineStore } from './engine/engine-store';
import { setLanguage } from './i18n/i18n';
import { connectInference } from './inference-connection';
import { createSettingsStore } from './settings/settings-store';
import './tokens.css';
import { chooseWork, workInput, type Choice } from './translate/choice';
import { createTranslateStore } from './translate/translate-store';

const { app } = window;
const settings = createSettingsStore(app);
const engine = createEngineStore(app);

// Before the window's parts follow the settings: what they draw is asked for in the language set here.
settings.subscribe(followLanguage);
function followLanguage() {
  const { language } = settings.getState().settings;
  setLanguage(language === 'system' ? (engine.getState().info?.systemLanguage ?? 'en') : language);
}

function choice(): Choice | null {
  return chooseWork(engine.getState().packs ?? [], settings.getState().settings);
}

const translation = createTranslateStore({
  client: () => (choice() === null ? null : connection.client()),
  input: (text) => {
    const chosen = choice();
    return chosen === null ? null : workInput(chosen, text);
  },
  isLive: () => settings.getState().settings.liveTranslation,
  clock: {
    now: () => performance.now(),
    frame: (run) => void requestAnimationFrame(run),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  },
});

const documents = createDocumentsStore(app);
const review = createReviewStore(app);

const compare = createCompareStore({
  client: () => connection.client(),
  choose: (chosen) => chooseComparison(engine.getState().packs ?? [], settings.getState().settings, chosen),
  forgetEncodings: () => app.call('forgetEncodings', {}),
  sessions: (packId) => engine.getState().status?.packs.find((pack) => pack.packId === packId)?.sessions ?? [],
  clock: { now: () => performance.now(), frame: (run) => void requestAnimationFrame(run), date: () => new Date() },
});

function compareTranslation() {
  const chosen = choice();
  if (chosen !== null) compare.takeOver(translation.getState().source, { from: chosen.from, to: chosen.to });
}

const connection = connectInference(window, app, {
  onStatus: (status) => engine.reported(status),
  onConnected: () => {
    engine.connected();
    warmChosenPack();
    translation.engineConnected();
    compare.ready();
  },
  onLost: () => engine.lost(),
});

function warmChosenPack() {
  const chosen = choice();
  if (chosen !== null) connection.client()?.warm(chosen.pack.id);
}

// What would be run now: when it changes, the pack is opened ahead of use and what is shown is translated anew.
let asked = '';
function followChoice() {
  const chosen = choice();
  const asks = chosen === null ? '' : JSON.stringify(workInput(chosen, ''));
  if (asks === asked) return;
  asked = asks;
  warmChosenPack();
  translation.choiceChanged();
  compare.ready();
}
engine.subscribe(followChoice);
settings.subscribe(followChoice);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html: expected an element with the id "root"');
// Drawn once, in the right language and colours.
await Promise.all([settings.loaded, engine.informed]);
followLanguage();
createRoot(root).render(
  <StrictMode>
    <App
      app={app}
      engine={engine}
      settings={settings}
      translation={translation}
      documents={documents}
      review={review}
      compare={compare}
      onCompareTranslation={compareTranslation}
    />
  </StrictMode>,
);
