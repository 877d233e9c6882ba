import { type formats as english } from '../en/formats';
import { type Translation } from '../translation';

export const formats: Translation<typeof english> = {
  word: 'Word-Dokument',
  powerpoint: 'PowerPoint-Präsentation',
  excel: 'Excel-Arbeitsmappe',
  odt: 'OpenDocument-Text',
  odp: 'OpenDocument-Präsentation',
  ods: 'OpenDocument-Tabelle',
  epub: 'E-Book',
  pdf: 'PDF',
  html: 'Webseite',
  markdown: 'Markdown',
  txt: 'Reiner Text',
  srt: 'SubRip-Untertitel',
  vtt: 'WebVTT-Untertitel',
  po: 'Gettext-Katalog',
  xliff: 'XLIFF',
  json: 'JSON-Texttabelle',
  yaml: 'YAML-Texttabelle',
  csv: 'CSV-Tabelle',
  tsv: 'TSV-Tabelle',
};
