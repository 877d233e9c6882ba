/** Jobs, their files, and what the engine could not do for them. */
export const documents = {
  'The list of documents was damaged. It begins anew; the old one is {0}.':
    'Die Liste der Dokumente war beschädigt. Sie beginnt von vorn; die alte liegt unter {0}.',
  'This list cannot be saved: {0}. Until it can, it is forgotten when Tandem closes; translations stay.':
    'Diese Liste lässt sich nicht speichern: {0}. Solange das so ist, geht sie verloren, wenn Tandem endet; Übersetzungen bleiben.',
  'The engine said nothing about this sentence.': 'Die Engine hat zu diesem Satz nichts geliefert.',
  'The model wrote nothing for this sentence; its source was kept.':
    'Das Modell hat zu diesem Satz nichts geschrieben; der Ausgangstext bleibt stehen.',
  'The model did not place the inline codes of this sentence; its source was kept.':
    'Das Modell hat die Formatierung dieses Satzes nicht untergebracht; der Ausgangstext bleibt stehen.',
  'The pack is missing. {0}': 'Das Paket fehlt. Einzelheiten: {0}',
  'The pack is damaged. {0}': 'Das Paket ist beschädigt. Einzelheiten: {0}',
  'The pack cannot do this. {0}': 'Das kann dieses Paket nicht. Einzelheiten: {0}',
  'The text is not fit for this. {0}': 'Der Text eignet sich nicht dafür. Einzelheiten: {0}',
  'The engine refused this text. {0}': 'Die Engine hat diesen Text abgelehnt. Einzelheiten: {0}',
  'The processor or graphics unit refused the work. {0}':
    'Der Prozessor oder die Grafikeinheit hat die Arbeit verweigert. Einzelheiten: {0}',
  'The engine stopped unexpectedly.': 'Die Engine ist ausgefallen.',
  'Something went wrong in the engine. {0}': 'In der Engine ist etwas schiefgegangen. Einzelheiten: {0}',
  'no format known here': 'kein hier bekanntes Format',
  'it is the translation of “{0}”': 'ist die Übersetzung von „{0}“',
  'its translation is there already': 'die Übersetzung liegt schon vor',
  'the lock of an open document': 'die Sperrdatei eines geöffneten Dokuments',
  'a link': 'eine Verknüpfung',
  'not a file': 'keine Datei',
  'it is in the list already': 'steht schon in der Liste',
  'The translation of block {0} would break the formatting: {1}.': 'Die Übersetzung von Block {0} würde die Formatierung zerstören: {1}.',
  'it is not there': 'nicht vorhanden',
  'a file is where a folder is needed': 'eine Datei steht, wo ein Ordner nötig ist',
  'it is a folder': 'ein Ordner',
  'permission denied': 'keine Berechtigung',
  'the disk is read-only': 'schreibgeschützter Datenträger',
  'the disk is full': 'kein Platz auf dem Datenträger',
  'the disk quota is used up': 'Speicherkontingent erschöpft',
  'the disk takes no file of this size': 'zu große Datei für diesen Datenträger',
  'bilingual file': 'zweisprachige Datei',
  'There is none for this format ({0}).': 'Für dieses Format ({0}) gibt es keine.',
  'The paragraphs of source and translation do not match one by one, so there is no bilingual file.':
    'Die Absätze von Ausgangstext und Übersetzung entsprechen einander nicht eins zu eins, daher gibt es keine zweisprachige Datei.',
  '“{0}” has translations into “{1}” already, and “{2}” was asked for. Choose that language, or a file without them.':
    '„{0}“ enthält schon Übersetzungen in „{1}“, verlangt war „{2}“. Wählen Sie jene Sprache oder eine Datei ohne Übersetzungen.',
  'What is translated of this document cannot be read: {0} of {1} bytes are there. Start it anew.':
    'Was von diesem Dokument übersetzt ist, kann nicht gelesen werden: Es sind {0} von {1} Bytes da. Beginnen Sie neu.',
  'Another process ({0}) is translating this document. Wait until it has ended, or end it.':
    'Dieses Dokument übersetzt gerade ein anderer Prozess ({0}). Warten Sie, bis er fertig ist, oder beenden Sie ihn.',
  '“{0}” was changed after it was translated. Translate it again to review it.':
    '„{0}“ wurde nach der Übersetzung geändert. Übersetzen Sie die Datei erneut, um sie durchzusehen.',
  '“{0}” cannot be read: {1}. Put it back, and resume; what is translated is kept.':
    '„{0}“ kann nicht gelesen werden: {1}. Legen Sie die Datei zurück und setzen Sie fort; was übersetzt ist, bleibt erhalten.',
  'Keep what is translated wherever its sentences are the same, or start anew.':
    'Behalten Sie das Übersetzte, wo die Sätze gleich sind, oder beginnen Sie neu.',
  '“{0}” was changed since its translation was begun. {1}': '„{0}“ wurde geändert, seit die Übersetzung begonnen hat. {1}',
  '{0} {1}, now {2} {3}': '{0} {1}, jetzt {2} {3}',
  'The translation was begun with another pack or other options ({0}). {1}':
    'Die Übersetzung wurde mit einem anderen Paket oder anderen Optionen begonnen ({0}). {1}',
  'The progress of this document cannot be kept: {0}. Make room, and resume.':
    'Der Fortschritt dieses Dokuments lässt sich nicht speichern: {0}. Schaffen Sie Platz und setzen Sie fort.',
  'has no extension that says its format': 'hat keine Endung, die das Format angibt',
  'ends in “.{0}”, which is no format known here': 'endet auf „.{0}“, das ist kein hier bekanntes Format',
  '“{0}” {1}. Known are {2}: save it as one of these, or rename it if it is one.':
    '„{0}“ {1}. Bekannt sind {2}: Speichern Sie die Datei in einem dieser Formate, oder benennen Sie sie um, falls sie eines davon hat.',
  '“{0}” is empty: 0 bytes. Choose the file that holds the text.': '„{0}“ ist leer: 0 Bytes. Wählen Sie die Datei, die den Text enthält.',
  '“{0}” is, by its content, {1}; {2} was expected. Rename it to the extension of what it is, or save it as .{3} in the program that wrote it.':
    '„{0}“ ist dem Inhalt nach {1}; erwartet wurde: {2}. Geben Sie der Datei die passende Endung, oder speichern Sie sie in dem Programm, aus dem sie stammt, als .{3}.',
  text: 'Text',
  'a zip archive': 'ein Zip-Archiv',
  'it begins with “%PDF-”': 'Anfang „%PDF-“',
  'A {0} is translated into a document of another format ({1}), not into “{2}”. Choose a name that ends in one of these.':
    'Aus dem Format {0} wird ein Dokument in einem anderen Format ({1}), nicht „{2}“. Wählen Sie einen Namen mit einer dieser Endungen.',
  'plain text': 'reiner Text',
  'a zip archive (as Word, PowerPoint, Excel, OpenDocument and EPUB files are)':
    'ein Zip-Archiv (wie Dateien von Word, PowerPoint, Excel, OpenDocument und EPUB)',
  'a PDF': 'ein PDF',
  'an old (before 2007) or password-protected Office document': 'ein altes (vor 2007) oder mit Kennwort geschütztes Office-Dokument',
  'a rich text (RTF) document': 'ein Rich-Text-Dokument (RTF)',
  'a compressed file': 'eine komprimierte Datei',
  'an image': 'ein Bild',
  'audio or video': 'eine Ton- oder Videodatei',
  'data that is not text': 'eine Datei, die kein Text ist',
  'The pack “{0}” is not there or cannot be used. Put it back, or choose another.':
    'Das Paket „{0}“ ist nicht vorhanden oder nicht verwendbar. Legen Sie es zurück, oder wählen Sie ein anderes.',
  'The pack “{0}” in “{1}” cannot be read: {2}.': 'Das Paket „{0}“ in „{1}“ kann nicht gelesen werden: {2}.',
  'No file can be put into “{0}”: {1}. Choose another folder, or make room there.':
    'In „{0}“ kann keine Datei abgelegt werden: {1}. Wählen Sie einen anderen Ordner, oder schaffen Sie dort Platz.',
  '“{0}” and {1} numbered ones are there already. Choose another folder.':
    '„{0}“ und {1} nummerierte Dateien dieses Namens sind schon vorhanden. Wählen Sie einen anderen Ordner.',
  '“{0}” cannot be written to “{1}”: {2}. All that is translated is kept; make room or choose another folder, and resume.':
    '„{0}“ kann nicht in „{1}“ geschrieben werden: {2}. Alles Übersetzte bleibt erhalten; schaffen Sie Platz, oder wählen Sie einen anderen Ordner, und setzen Sie fort.',
  'This document is no longer in the list.': 'Dieses Dokument steht nicht mehr in der Liste.',
  'This document is not translated yet; it can be reviewed when it is.':
    'Dieses Dokument ist noch nicht übersetzt; danach kann es durchgesehen werden.',
  '“{0}” is not UTF-8 or UTF-16 text (byte {1}). Save it as UTF-8, or as a document, in the program that wrote it.':
    '„{0}“ ist kein Text in UTF-8 oder UTF-16 (Byte {1}). Speichern Sie die Datei in dem Programm, aus dem sie stammt, als UTF-8 oder als Dokument.',
  'This translation would break the formatting: {0}. Put the codes back as they were.':
    'Diese Übersetzung würde die Formatierung zerstören: {0}. Setzen Sie die Marken wieder so, wie sie waren.',
  'It was not translated.': 'Es wurde nicht übersetzt.',
  'The codes of this paragraph would not be in order with its translation; all of it was left as it was.':
    'Die Codes dieses Absatzes stünden mit seiner Übersetzung nicht in der richtigen Ordnung; er wurde ganz so gelassen, wie er war.',
  'The document has no segment {0}.': 'Das Dokument hat kein Segment {0}.',
};
