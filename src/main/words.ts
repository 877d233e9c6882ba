/** The words of main's own: the menu, the system's dialogs, notifications. The window's stand in `src/renderer/i18n`. */
import { app } from 'electron';
import type { Settings } from '../shared/app-api';
import type { Screen } from '../shared/screens';
import { spokenLanguage, type InterfaceLanguage } from '../shared/language';

export interface MainWords {
  /** An ampersand stands before the letter that opens a menu with Alt. */
  file: string;
  openText: string;
  saveTranslation: string;
  settings: string;
  close: string;
  quit: string;
  edit: string;
  undo: string;
  redo: string;
  cut: string;
  copy: string;
  paste: string;
  delete: string;
  selectAll: string;
  translation: string;
  translate: string;
  cancel: string;
  swapLanguages: string;
  palette: string;
  view: string;
  screens: Record<Screen, string>;
  resetZoom: string;
  zoomIn: string;
  zoomOut: string;
  fullScreen: string;
  reload: string;
  developerTools: string;
  window: string;
  minimize: string;
  zoom: string;
  bringAllToFront: string;
  about: string;
  hide: string;
  hideOthers: string;
  showAll: string;
  text: string;
  allFiles: string;
  documents: string;
  tooLarge(name: string, megabytes: number, limit: number): string;
  notText(name: string, byte: number): string;
  unreadable(name: string, reason: string): string;
  unsaved(name: string, reason: string): string;
  unopened(path: string, reason: string): string;
  notTranslatedYet: string;
  documentDone: string;
  documentFailed: string;
  documentDoneBody(name: string, toCheck: number): string;
  shortcutTaken(keys: string): string;
  shortcutUnsupported(keys: string): string;
  settingsSetAside(path: string): string;
  historySetAside(path: string): string;
  packsFolderAway(path: string): string;
  trayOpen: string;
  trayClipboard: string;
  historyFile: string;
}

const WORDS: Record<InterfaceLanguage, MainWords> = {
  en: {
    file: '&File',
    openText: 'Open Text…',
    saveTranslation: 'Save Translation…',
    settings: 'Settings…',
    close: 'Close Window',
    quit: 'Quit',
    edit: '&Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    delete: 'Delete',
    selectAll: 'Select All',
    translation: '&Translation',
    translate: 'Translate',
    cancel: 'Cancel',
    swapLanguages: 'Swap Languages',
    palette: 'All Commands…',
    view: '&View',
    screens: {
      translate: 'Translate',
      documents: 'Documents',
      memory: 'Memory',
      summarize: 'Summarize',
      compare: 'Compare',
      history: 'History',
      packs: 'Packs',
      privacy: 'Privacy',
      settings: 'Settings',
    },
    resetZoom: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    reload: 'Reload',
    developerTools: 'Developer Tools',
    window: '&Window',
    minimize: 'Minimize',
    zoom: 'Zoom',
    bringAllToFront: 'Bring All to Front',
    about: 'About Tandem',
    hide: 'Hide Tandem',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
    text: 'Text',
    allFiles: 'All files',
    documents: 'Documents',
    tooLarge: (name, megabytes, limit) => `“${name}” has ${megabytes} MB; a text may have ${limit} MB. Split it.`,
    notText: (name, byte) => `“${name}” is not UTF-8 or UTF-16 text (byte ${byte}). Save it as UTF-8 in the program that wrote it.`,
    unreadable: (name, reason) => `“${name}” could not be read: ${reason}`,
    unsaved: (name, reason) => `“${name}” could not be saved: ${reason}`,
    unopened: (path, reason) => `${path} could not be opened: ${reason}`,
    notTranslatedYet: 'This document is not translated yet; there is nothing to open.',
    documentDone: 'Translated',
    documentFailed: 'Not translated',
    documentDoneBody: (name, toCheck) => (toCheck === 0 ? name : `${name}: ${toCheck} to check`),
    shortcutTaken: (keys) => `${keys} could not be registered: another program has it, or the desktop refused it.`,
    shortcutUnsupported: (keys) =>
      `This desktop (Wayland) does not let programs register ${keys}. Bind it to “tandem --translate-clipboard” in the desktop’s own settings.`,
    settingsSetAside: (path) => `The settings could not be read, so the usual ones are in use. The damaged file is kept as ${path}.`,
    historySetAside: (path) => `The history could not be read and begins anew. The damaged file is kept as ${path}.`,
    packsFolderAway: (path) =>
      `The folder of the imported packs, ${path}, is not there. Its packs are missing until it is, and Tandem is started again.`,
    trayOpen: 'Open Tandem',
    trayClipboard: 'Translate the Clipboard',
    historyFile: 'tandem-history',
  },
  de: {
    file: '&Datei',
    openText: 'Text öffnen…',
    saveTranslation: 'Übersetzung speichern…',
    settings: 'Einstellungen…',
    close: 'Fenster schließen',
    quit: 'Beenden',
    edit: '&Bearbeiten',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    delete: 'Löschen',
    selectAll: 'Alles auswählen',
    translation: 'Ü&bersetzung',
    translate: 'Übersetzen',
    cancel: 'Abbrechen',
    swapLanguages: 'Sprachen tauschen',
    palette: 'Alle Befehle…',
    view: '&Ansicht',
    screens: {
      translate: 'Übersetzen',
      documents: 'Dokumente',
      memory: 'Speicher',
      summarize: 'Zusammenfassen',
      compare: 'Vergleichen',
      history: 'Verlauf',
      packs: 'Pakete',
      privacy: 'Privatsphäre',
      settings: 'Einstellungen',
    },
    resetZoom: 'Originalgröße',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fullScreen: 'Vollbild',
    reload: 'Neu laden',
    developerTools: 'Entwicklerwerkzeuge',
    window: '&Fenster',
    minimize: 'Minimieren',
    zoom: 'Zoomen',
    bringAllToFront: 'Alle nach vorne bringen',
    about: 'Über Tandem',
    hide: 'Tandem ausblenden',
    hideOthers: 'Andere ausblenden',
    showAll: 'Alle einblenden',
    text: 'Text',
    allFiles: 'Alle Dateien',
    documents: 'Dokumente',
    tooLarge: (name, megabytes, limit) => `„${name}“ hat ${megabytes} MB; ein Text darf ${limit} MB haben. Teilen Sie die Datei auf.`,
    notText: (name, byte) =>
      `„${name}“ ist kein Text in UTF-8 oder UTF-16 (Byte ${byte}). Speichern Sie die Datei in dem Programm, das sie geschrieben hat, als UTF-8.`,
    unreadable: (name, reason) => `„${name}“ konnte nicht gelesen werden: ${reason}`,
    unsaved: (name, reason) => `„${name}“ konnte nicht gespeichert werden: ${reason}`,
    unopened: (path, reason) => `${path} konnte nicht geöffnet werden: ${reason}`,
    notTranslatedYet: 'Dieses Dokument ist noch nicht übersetzt; es gibt nichts zu öffnen.',
    documentDone: 'Übersetzt',
    documentFailed: 'Nicht übersetzt',
    documentDoneBody: (name, toCheck) => (toCheck === 0 ? name : `${name}: ${toCheck} zu prüfen`),
    shortcutTaken: (keys) =>
      `${keys} konnte nicht eingerichtet werden: Ein anderes Programm verwendet die Tasten, oder der Desktop lehnt sie ab.`,
    shortcutUnsupported: (keys) =>
      `Dieser Desktop (Wayland) lässt Programme ${keys} nicht einrichten. Legen Sie die Tasten in den Einstellungen des Desktops auf „tandem --translate-clipboard“.`,
    settingsSetAside: (path) =>
      `Die Einstellungen waren nicht lesbar, daher gelten die üblichen. Die beschädigte Datei liegt unter ${path}.`,
    historySetAside: (path) => `Der Verlauf war nicht lesbar und beginnt neu. Die beschädigte Datei liegt unter ${path}.`,
    packsFolderAway: (path) =>
      `Der Ordner der importierten Pakete, ${path}, ist nicht da. Seine Pakete fehlen, bis er es ist und Tandem neu gestartet wird.`,
    trayOpen: 'Tandem öffnen',
    trayClipboard: 'Zwischenablage übersetzen',
    historyFile: 'tandem-verlauf',
  },
  fr: {
    file: '&Fichier',
    openText: 'Ouvrir un texte…',
    saveTranslation: 'Enregistrer la traduction…',
    settings: 'Réglages…',
    close: 'Fermer la fenêtre',
    quit: 'Quitter',
    edit: '&Édition',
    undo: 'Annuler',
    redo: 'Rétablir',
    cut: 'Couper',
    copy: 'Copier',
    paste: 'Coller',
    delete: 'Supprimer',
    selectAll: 'Tout sélectionner',
    translation: '&Traduction',
    translate: 'Traduire',
    cancel: 'Annuler',
    swapLanguages: 'Inverser les langues',
    palette: 'Toutes les commandes…',
    view: '&Affichage',
    screens: {
      translate: 'Traduire',
      documents: 'Documents',
      memory: 'Mémoire',
      summarize: 'Résumer',
      compare: 'Comparer',
      history: 'Historique',
      packs: 'Packs',
      privacy: 'Confidentialité',
      settings: 'Réglages',
    },
    resetZoom: 'Taille réelle',
    zoomIn: 'Agrandir',
    zoomOut: 'Réduire',
    fullScreen: 'Plein écran',
    reload: 'Recharger',
    developerTools: 'Outils de développement',
    window: 'Fe&nêtre',
    minimize: 'Placer en réduction',
    zoom: 'Ajuster',
    bringAllToFront: 'Tout ramener au premier plan',
    about: 'À propos de Tandem',
    hide: 'Masquer Tandem',
    hideOthers: 'Masquer les autres',
    showAll: 'Tout afficher',
    text: 'Texte',
    allFiles: 'Tous les fichiers',
    documents: 'Documents',
    tooLarge: (name, megabytes, limit) => `« ${name} » fait ${megabytes} Mo ; un texte peut faire ${limit} Mo. Divisez-le.`,
    notText: (name, byte) =>
      `« ${name} » n’est pas un texte UTF-8 ou UTF-16 (octet ${byte}). Enregistrez-le en UTF-8 dans le programme qui l’a écrit.`,
    unreadable: (name, reason) => `« ${name} » n’a pas pu être lu : ${reason}`,
    unsaved: (name, reason) => `« ${name} » n’a pas pu être enregistré : ${reason}`,
    unopened: (path, reason) => `${path} n’a pas pu être ouvert : ${reason}`,
    notTranslatedYet: 'Ce document n’est pas encore traduit ; il n’y a rien à ouvrir.',
    documentDone: 'Traduit',
    documentFailed: 'Non traduit',
    documentDoneBody: (name, toCheck) => (toCheck === 0 ? name : `${name} : ${toCheck} à vérifier`),
    shortcutTaken: (keys) => `${keys} n’a pas pu être attribué : un autre programme l’utilise, ou le bureau l’a refusé.`,
    shortcutUnsupported: (keys) =>
      `Ce bureau (Wayland) ne laisse pas les programmes attribuer ${keys}. Associez ce raccourci à « tandem --translate-clipboard » dans les réglages du bureau.`,
    settingsSetAside: (path) =>
      `Les réglages étaient illisibles, les réglages habituels sont utilisés. Le fichier endommagé est conservé sous ${path}.`,
    historySetAside: (path) => `L’historique était illisible et repart de zéro. Le fichier endommagé est conservé sous ${path}.`,
    packsFolderAway: (path) =>
      `Le dossier des packs importés, ${path}, est introuvable. Ses packs manquent tant qu’il n’est pas là et que Tandem n’a pas redémarré.`,
    trayOpen: 'Ouvrir Tandem',
    trayClipboard: 'Traduire le presse-papiers',
    historyFile: 'historique-tandem',
  },
};

/** What the interface speaks as the settings and the system stand. */
export function interfaceLanguage({ language }: Pick<Settings, 'language'>): InterfaceLanguage {
  return language === 'system' ? spokenLanguage(app.getPreferredSystemLanguages()) : language;
}

export const mainWords = (settings: Pick<Settings, 'language'>): MainWords => WORDS[interfaceLanguage(settings)];
