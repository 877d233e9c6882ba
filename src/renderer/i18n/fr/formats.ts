import { type formats as english } from '../en/formats';
import { type Translation } from '../translation';

export const formats: Translation<typeof english> = {
  word: 'Document Word',
  powerpoint: 'Présentation PowerPoint',
  excel: 'Classeur Excel',
  odt: 'Texte OpenDocument',
  odp: 'Présentation OpenDocument',
  ods: 'Classeur OpenDocument',
  epub: 'Livre numérique',
  pdf: 'PDF',
  html: 'Page web',
  markdown: 'Markdown',
  txt: 'Texte brut',
  srt: 'Sous-titres SubRip',
  vtt: 'Sous-titres WebVTT',
  po: 'Catalogue Gettext',
  xliff: 'XLIFF',
  json: 'Table de textes JSON',
  yaml: 'Table de textes YAML',
  csv: 'Tableau CSV',
  tsv: 'Tableau TSV',
};
