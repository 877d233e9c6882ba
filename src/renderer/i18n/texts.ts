/** All texts of the window, by language and screen. A new screen is a file a language, and a line in each list here. */
import { compare as compareGerman } from './de/compare';
import { documents as documentsGerman } from './de/documents';
import { engine as engineGerman } from './de/engine';
import { settings as settingsGerman } from './de/settings';
import { shell as shellGerman } from './de/shell';
import { translate as translateGerman } from './de/translate';
import { compare as compareEnglish } from './en/compare';
import { documents as documentsEnglish } from './en/documents';
import { engine as engineEnglish } from './en/engine';
import { settings as settingsEnglish } from './en/settings';
import { shell as shellEnglish } from './en/shell';
import { translate as translateEnglish } from './en/translate';
import { compare as compareFrench } from './fr/compare';
import { documents as documentsFrench } from './fr/documents';
import { engine as engineFrench } from './fr/engine';
import { settings as settingsFrench } from './fr/settings';
import { shell as shellFrench } from './fr/shell';
import { translate as translateFrench } from './fr/translate';

export const TEXTS = {
  en: {
    shell: shellEnglish,
    engine: engineEnglish,
    translate: translateEnglish,
    compare: compareEnglish,
    documents: documentsEnglish,
    settings: settingsEnglish,
  },
  de: {
    shell: shellGerman,
    engine: engineGerman,
    translate: translateGerman,
    compare: compareGerman,
    documents: documentsGerman,
    settings: settingsGerman,
  },
  fr: {
    shell: shellFrench,
    engine: engineFrench,
    translate: translateFrench,
    compare: compareFrench,
    documents: documentsFrench,
    settings: settingsFrench,
  },
} as const;
