/** All texts of the window, by language and screen. A new screen is a file a language, and a line in each list here. */
import { alternatives as alternativesGerman } from './de/alternatives';
import { compare as compareGerman } from './de/compare';
import { diagnosis as diagnosisGerman } from './de/diagnosis';
import { documents as documentsGerman } from './de/documents';
import { engine as engineGerman } from './de/engine';
import { memory as memoryGerman } from './de/memory';
import { formats as formatsGerman } from './de/formats';
import { habits as habitsGerman } from './de/habits';
import { history as historyGerman } from './de/history';
import { packs as packsGerman } from './de/packs';
import { privacy as privacyGerman } from './de/privacy';
import { settings as settingsGerman } from './de/settings';
import { shell as shellGerman } from './de/shell';
import { summarize as summarizeGerman } from './de/summarize';
import { testset as testsetGerman } from './de/testset';
import { translate as translateGerman } from './de/translate';
import { alternatives as alternativesEnglish } from './en/alternatives';
import { compare as compareEnglish } from './en/compare';
import { diagnosis as diagnosisEnglish } from './en/diagnosis';
import { documents as documentsEnglish } from './en/documents';
import { engine as engineEnglish } from './en/engine';
import { memory as memoryEnglish } from './en/memory';
import { formats as formatsEnglish } from './en/formats';
import { habits as habitsEnglish } from './en/habits';
import { history as historyEnglish } from './en/history';
import { packs as packsEnglish } from './en/packs';
import { privacy as privacyEnglish } from './en/privacy';
import { settings as settingsEnglish } from './en/settings';
import { shell as shellEnglish } from './en/shell';
import { summarize as summarizeEnglish } from './en/summarize';
import { testset as testsetEnglish } from './en/testset';
import { translate as translateEnglish } from './en/translate';
import { alternatives as alternativesFrench } from './fr/alternatives';
import { compare as compareFrench } from './fr/compare';
import { diagnosis as diagnosisFrench } from './fr/diagnosis';
import { documents as documentsFrench } from './fr/documents';
import { engine as engineFrench } from './fr/engine';
import { memory as memoryFrench } from './fr/memory';
import { formats as formatsFrench } from './fr/formats';
import { habits as habitsFrench } from './fr/habits';
import { history as historyFrench } from './fr/history';
import { packs as packsFrench } from './fr/packs';
import { privacy as privacyFrench } from './fr/privacy';
import { settings as settingsFrench } from './fr/settings';
import { shell as shellFrench } from './fr/shell';
import { summarize as summarizeFrench } from './fr/summarize';
import { testset as testsetFrench } from './fr/testset';
import { translate as translateFrench } from './fr/translate';

export const TEXTS = {
  en: {
    shell: shellEnglish,
    engine: engineEnglish,
    testset: testsetEnglish,
    translate: translateEnglish,
    summarize: summarizeEnglish,
    alternatives: alternativesEnglish,
    compare: compareEnglish,
    diagnosis: diagnosisEnglish,
    documents: documentsEnglish,
    formats: formatsEnglish,
    memory: memoryEnglish,
    packs: packsEnglish,
    privacy: privacyEnglish,
    settings: settingsEnglish,
    history: historyEnglish,
    habits: habitsEnglish,
  },
  de: {
    shell: shellGerman,
    engine: engineGerman,
    testset: testsetGerman,
    translate: translateGerman,
    summarize: summarizeGerman,
    alternatives: alternativesGerman,
    compare: compareGerman,
    diagnosis: diagnosisGerman,
    documents: documentsGerman,
    formats: formatsGerman,
    memory: memoryGerman,
    packs: packsGerman,
    privacy: privacyGerman,
    settings: settingsGerman,
    history: historyGerman,
    habits: habitsGerman,
  },
  fr: {
    shell: shellFrench,
    engine: engineFrench,
    testset: testsetFrench,
    translate: translateFrench,
    summarize: summarizeFrench,
    alternatives: alternativesFrench,
    compare: compareFrench,
    diagnosis: diagnosisFrench,
    documents: documentsFrench,
    formats: formatsFrench,
    memory: memoryFrench,
    packs: packsFrench,
    privacy: privacyFrench,
    settings: settingsFrench,
    history: historyFrench,
    habits: habitsFrench,
  },
} as const;
