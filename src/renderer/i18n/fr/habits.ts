import { type habits as english } from '../en/habits';
import { type Translation } from '../translation';

export const habits: Translation<typeof english> = {
  palette: 'Commandes',
  paletteSearch: 'Saisissez une commande',
  paletteNone: 'Aucune commande ne porte ce nom.',
  showScreen: 'Afficher : {{screen}}',
  useLane: 'Voie : {{lane}}',
  translatePair: 'Traduire : {{pair}}',
  useTheme: 'Thème : {{theme}}',
  useLanguage: 'Langue de l’interface : {{language}}',
  privateOn: 'Mode privé : activer',
  privateOff: 'Mode privé : désactiver',
  clear: 'Effacer le texte',
  restartEngine: 'Redémarrer le moteur',
  welcome: 'Bienvenue dans Tandem',
  welcomeOne: 'Deux modèles traduisent ensemble sur cette machine, et rien de ce que vous écrivez ne la quitte.',
  welcomeTwo:
    '« {{hybrid}} » est la voie rapide : le grand modèle lit votre texte et le petit écrit ; avec « {{llm}} », le grand écrit aussi, ce qui prend plus de temps.',
  welcomeThree:
    '« {{exact}} » écrit mot pour mot ce qu’écrirait « {{llm}} », plus vite là où les ébauches du petit modèle conviennent ; « {{best}} » compare quatre versions et prend le plus de temps.',
  welcomeStart: 'Commencer à traduire',
  looksLike: 'Langue reconnue : {{language}}.',
  translateFrom: 'Traduire depuis : {{language}}',
  looksUnknown: 'Langue reconnue : {{language}} ; {{pack}} ne traduit pas depuis cette langue.',
  languageSure: 'Certitude : {{percent}}',
  clipboardEmpty: 'Le presse-papiers ne contient pas de texte à traduire.',
  notices: 'Notifications',
  privateMode: 'Privé',
  privateModeMeaning: 'Rien de ce que vous saisissez n’est conservé. Vous pouvez désactiver ce mode dans les réglages.',
};
