/** The window's composition: everything is made here and passed on. */
import './csp';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type NewHistoryEntry } from '../shared/history';
import { sharesTokens } from '../shared/pack';
import { App } from './App';
import './base.css';
import { createCompareStore } from './compare/compare-store';
import { chooseCompared } from './compare/compared';
import { DiagnosisContext } from './components/CopyDiagnosis';
import { createDocumentsStore } from './documents/documents-store';
import { createReviewStore } from './documents/review-store';
import { createEngineStore } from './engine/engine-store';
import { createHistoryStore } from './history/history-store';
import { createHistoryRecorder, shownSummary, shownTranslation } from './history/recorder';
import { setLanguage } from './i18n/i18n';
import { connectInference } from './inference-connection';
import { createGlossaryStore } from './memory/glossary-store';
import { createMemoryStore } from './memory/memory-store';
import { createPacksStore } from './packs/packs-store';
import { windowCommands } from './palette/window-commands';
import { createPrivacyStore } from './privacy/privacy-store';
import { createPacksFolderStore } from './settings/packs-folder-store';
import { createSettingsStore } from './settings/settings-store';
import { createTestSetStore } from './testset/testset-store';
import { createSummarizeStore } from './summarize/summarize-store';
import { chooseSummary, type SummaryChoice } from './summarize/summary-choice';
import './tokens.css';
import { createAlternativesStore } from './translate/alternatives-store';
import { chooseWork, packLanes, usablePacks, widestBeam, workInput, type Choice } from './translate/choice';
import { createOpinionStore } from './translate/opinion-store';
import { createTranslateStore } from './translate/translate-store';

const { app } = window;

/** Returns the function that calls it off. */
function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

const settings = createSettingsStore(app);
// From the first moment on: what the page's policy stops is counted.
const privacy = createPrivacyStore(app, document);
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

const glossary = createGlossaryStore(app);

const translation = createTranslateStore({
  client: () => (choice() === null ? null : connection.client()),
  input: (text) => {
    const chosen = choice();
    return chosen === null ? null : { ...workInput(chosen, text), terms: glossary.termsIn(text) };
  },
  isLive: () => settings.getState().settings.liveTranslation,
  clock: {
    now: () => performance.now(),
    frame: (run) => void requestAnimationFrame(run),
    after,
  },
});

const alternatives = createAlternativesStore({
  client: () => connection.client(),
  translation,
  pack: (packId) => {
    const pack = usablePacks(engine.getState().packs ?? []).find(({ id }) => id === packId);
    return pack === undefined ? null : { lanes: packLanes(pack), widestBeam: widestBeam(pack) };
  },
});
const opinion = createOpinionStore({
  client: () => connection.client(),
  translation,
  canJudge: (packId) => usablePacks(engine.getState().packs ?? []).some((pack) => pack.id === packId && sharesTokens(pack)),
});

const history = createHistoryStore(app, { after });

function summaryChoice(): SummaryChoice | null {
  return chooseSummary(engine.getState().packs ?? [], settings.getState().settings);
}

const summarize = createSummarizeStore({
  client: () => (summaryChoice() === null ? null : connection.client()),
  input: (text) => {
    const chosen = summaryChoice();
    return chosen === null ? null : { packId: chosen.pack.id, lane: chosen.lane, length: chosen.length, form: chosen.form, text };
  },
  clock: { now: () => performance.now(), frame: (run) => void requestAnimationFrame(run) },
});

const recording = {
  packName: (packId: string) => {
    const entry = engine.getState().packs?.find((candidate) => candidate.state === 'ok' && candidate.manifest.id === packId);
    return entry?.state === 'ok' ? `${entry.manifest.name} ${entry.manifest.version}` : packId;
  },
  // What cannot be kept is not worth stopping for; main's log has the reason.
  add: (entry: NewHistoryEntry, replaces: number | null) => app.call('addHistory', { entry, replaces }).catch(() => null),
  after,
};
const translationRecorder = createHistoryRecorder({ ...recording, store: translation, shown: shownTranslation });
const summaryRecorder = createHistoryRecorder({
  ...recording,
  store: summarize,
  shown: (state) => shownSummary(state, summaryChoice()?.pack.language ?? 'en'),
});

const documents = createDocumentsStore(app);
const review = createReviewStore(app);
const memory = createMemoryStore(app);
const packsFolder = createPacksFolderStore(app);
const packs = createPacksStore(app, () => connection.client());

const compare = createCompareStore({
  client: () => connection.client(),
  choose: (chosen) => chooseCompared(engine.getState().packs ?? [], settings.getState().settings, chosen),
  forgetEncodings: () => app.call('forgetEncodings', {}),
  sessions: (packId) => engine.getState().status?.packs.find((pack) => pack.packId === packId)?.sessions ?? [],
  clock: { now: () => performance.now(), frame: (run) => void requestAnimationFrame(run), date: () => new Date() },
});

const testSet = createTestSetStore({
  client: () => connection.client(),
  choose: () => chooseCompared(engine.getState().packs ?? [], settings.getState().settings, compare.getState()),
  forgetEncodings: () => app.call('forgetEncodings', {}),
  sessions: (packId) => engine.getState().status?.packs.find((pack) => pack.packId === packId)?.sessions ?? [],
  clock: { now: () => performance.now(), date: () => new Date(), pause: () => new Promise((resolve) => setTimeout(resolve)) },
});
// They say what the files of a test set mean.
compare.subscribe(({ task, pair }, before) => (task !== before.task || pair !== before.pair) && testSet.wantedChanged());

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
    summarize.engineConnected();
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

// A summary is written anew in another length, form or lane; its pack opens when the screen is shown.
let askedSummary = '';
function followSummaryChoice() {
  const chosen = summaryChoice();
  const asks = chosen === null ? '' : `${chosen.pack.id} ${chosen.lane} ${chosen.length} ${chosen.form}`;
  if (asks === askedSummary) return;
  askedSummary = asks;
  summarize.choiceChanged();
}
engine.subscribe(followSummaryChoice);
settings.subscribe(followSummaryChoice);

function followGlossary() {
  const chosen = settings.getState().settings.glossary ? choice() : null;
  glossary.follow(chosen === null ? null : { from: chosen.from, to: chosen.to });
}
engine.subscribe(followGlossary);
settings.subscribe(followGlossary);
// What is shown is translated anew where other terms are in it now.
glossary.subscribe(() => {
  const { source, generation } = translation.getState();
  const terms = JSON.stringify(glossary.termsIn(source));
  if (generation !== null && terms !== JSON.stringify(generation.input.terms ?? [])) translation.choiceChanged();
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html: expected an element with the id "root"');
// Drawn once, in the right language and colours.
await Promise.all([settings.loaded, engine.informed]);
followLanguage();
createRoot(root).render(
  <StrictMode>
    <DiagnosisContext value={() => app.call('copyDiagnosis', {})}>
      <App
        app={app}
        engine={engine}
        settings={settings}
        translation={translation}
        alternatives={alternatives}
        opinion={opinion}
        documents={documents}
        review={review}
        summarize={summarize}
        compare={compare}
        testSet={testSet}
        packs={packs}
        packsFolder={packsFolder}
        privacy={privacy}
        memory={memory}
        history={history}
        onTranslationUsed={translationRecorder.used}
        onSummaryUsed={summaryRecorder.used}
        commands={(show) => windowCommands({ engine, settings, translation }, show)}
        onCompareTranslation={compareTranslation}
      />
    </DiagnosisContext>
  </StrictMode>,
);
