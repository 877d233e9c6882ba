/** Translation memory and glossary. */
export const memory = {
  'The term could not be kept.': 'Der Begriff konnte nicht gespeichert werden.',
  '“{0}” cannot be taken over. {1}': '„{0}“ kann nicht übernommen werden. {1}',
  '“{0}” cannot be taken over beyond its first {1} entries. {2}': 'Von „{0}“ können nur die ersten {1} Einträge übernommen werden. {2}',
  '“{0}” has {1} MB; a glossary may have {2}. Split it.': '„{0}“ hat {1} MB; ein Glossar darf {2} haben. Teilen Sie es auf.',
  '“{0}” is not UTF-8 or UTF-16 text (byte {1}). Save it as UTF-8.':
    '„{0}“ ist kein Text in UTF-8 oder UTF-16 (Byte {1}). Speichern Sie die Datei als UTF-8.',
  'Got one column, expected two or more: source, target, and perhaps a note. Separate them by commas, semicolons or tabs.':
    'Nur eine Spalte gefunden, erwartet wurden mindestens zwei: Ausgangsbegriff, Zielbegriff und vielleicht eine Notiz. Trennen Sie sie durch Kommas, Semikolons oder Tabulatoren.',
  'of the glossary': 'des Glossars',
  'Got a file that begins with <{0}>, expected a glossary (TBX), which begins with <tbx> or <martif>.':
    'Die Datei beginnt mit <{0}>; erwartet wurde ein Glossar (TBX), das mit <tbx> oder <martif> beginnt.',
  'no term in two languages': 'kein Begriff in zwei Sprachen',
  'a term or its translation is missing, has no letter, several lines or more than 200 characters':
    'ein Begriff oder seine Übersetzung fehlt, hat keinen Buchstaben, mehrere Zeilen oder über 200 Zeichen',
  'This translation would lose formatting: {0}. Put the codes back as they were.':
    'Dieser Übersetzung würde Formatierung fehlen: {0}. Setzen Sie die Marken wieder so, wie sie waren.',
  'This translation is no longer in the memory.': 'Diese Übersetzung ist nicht mehr im Speicher.',
  'The file is not {0} text, as it should be. Save it as UTF-8.':
    'Die Datei ist kein Text in {0}, wie sie es sein sollte. Speichern Sie sie als UTF-8.',
  'The file says that its encoding is “{0}”, which is not known here. Save it as UTF-8.':
    'Die Datei gibt die Kodierung „{0}“ an, die hier nicht bekannt ist. Speichern Sie sie als UTF-8.',
  'This is not well-formed XML: {0}. Export it again from the program that wrote it.':
    'Das ist kein wohlgeformtes XML: {0}. Exportieren Sie es erneut aus dem Programm, aus dem es stammt.',
  'The file declares entities of its own, which a memory never needs. It is not to be trusted.':
    'Die Datei deklariert eigene Entitäten, die ein Übersetzungsspeicher nie braucht. Vertrauen Sie ihr nicht.',
  'Got a file that begins with <{0}>, expected a translation memory (TMX), which begins with <tmx>.':
    'Die Datei beginnt mit <{0}>; erwartet wurde ein Übersetzungsspeicher (TMX), der mit <tmx> beginnt.',
  'Elements are nested more than {0} deep; no memory does that.':
    'Die Elemente sind mehr als {0}-fach verschachtelt; kein Übersetzungsspeicher tut das.',
  'longer than {0} characters': 'länger als {0} Zeichen',
  'no text in two languages': 'kein Text in zwei Sprachen',
  '“{0}” was written by a later version of Tandem ({1}, known here: {2}). Update Tandem.':
    '„{0}“ stammt von einer neueren Version von Tandem ({1}, hier bekannt: {2}). Aktualisieren Sie Tandem.',
  'History and memory cannot be used, because their library does not load ({0}). Install Tandem again. Translating works without them.':
    'Verlauf und Speicher sind nicht verfügbar, weil sich ihre Bibliothek nicht laden lässt ({0}). Installieren Sie Tandem neu. Übersetzen geht auch ohne sie.',
};
