import { type habits as english } from '../en/habits';
import { type Translation } from '../translation';

export const habits: Translation<typeof english> = {
  palette: 'Befehle',
  paletteSearch: 'Befehl eingeben',
  paletteNone: 'Kein Befehl heißt so.',
  showScreen: 'Zeigen: {{screen}}',
  useLane: 'Spur: {{lane}}',
  translatePair: 'Übersetzen: {{pair}}',
  useTheme: 'Farbschema: {{theme}}',
  useLanguage: 'Sprache der Oberfläche: {{language}}',
  privateOn: 'Privater Modus: einschalten',
  privateOff: 'Privater Modus: ausschalten',
  clear: 'Den Text leeren',
  restartEngine: 'Engine neu starten',
  welcome: 'Willkommen bei Tandem',
  welcomeOne: 'Zwei Modelle übersetzen gemeinsam auf diesem Rechner, und nichts, was Sie schreiben, verlässt ihn.',
  welcomeTwo:
    '„{{hybrid}}“ ist die schnelle Spur: Das große Modell liest Ihren Text, das kleine schreibt; bei „{{llm}}“ schreibt auch das große, das dauert länger.',
  welcomeThree:
    '„{{exact}}“ schreibt Wort für Wort, was „{{llm}}“ schreiben würde, schneller dort, wo Entwürfe des kleinen Modells taugen; „{{best}}“ wägt vier Fassungen ab und braucht am längsten.',
  welcomeStart: 'Mit dem Übersetzen beginnen',
  looksLike: 'Das sieht nach {{language}} aus.',
  translateFrom: 'Übersetzen aus: {{language}}',
  looksUnknown: 'Das sieht nach {{language}} aus; daraus übersetzt {{pack}} nicht.',
  languageSure: 'Wie sicher: {{percent}}',
  clipboardEmpty: 'Die Zwischenablage enthält keinen Text zum Übersetzen.',
  notices: 'Hinweise',
  privateMode: 'Privat',
  privateModeMeaning: 'Nichts, was Sie eingeben, wird behalten. Ausschalten können Sie das in den Einstellungen.',
};
