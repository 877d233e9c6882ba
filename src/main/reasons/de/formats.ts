/** Reading and writing a format; the names of formats. */
export const formats = {
  'The quoted cell that begins in line {0} is not closed. Add the missing quotation mark and start again.':
    'Die Zelle in Anführungszeichen, die in Zeile {0} beginnt, ist nicht geschlossen. Ergänzen Sie das fehlende Anführungszeichen und beginnen Sie erneut.',
  'The e-book is locked by copy protection (DRM), and its text cannot be read. Get a copy without it from the publisher.':
    'Das E-Book ist durch einen Kopierschutz (DRM) gesperrt, sein Text ist nicht lesbar. Besorgen Sie beim Verlag ein Exemplar ohne Kopierschutz.',
  'The e-book does not name its package document in META-INF/container.xml; it is damaged. Get the file again.':
    'Das E-Book gibt in META-INF/container.xml sein Paketdokument nicht an; es ist beschädigt. Besorgen Sie die Datei erneut.',
  '{0} in line {1}, so the file is no JSON. Repair it in the program that wrote it.':
    'Die Datei ist kein gültiges JSON (Zeile {1}): {0}. Reparieren Sie sie in dem Programm, aus dem sie stammt.',
  'A string is not closed, or “{0}” stands where it cannot':
    'Eine Zeichenkette ist nicht geschlossen, oder „{0}“ steht, wo es nicht stehen darf',
  '“{0}” stands behind the end': '„{0}“ steht hinter dem Ende',
  'A key is written wrongly': 'Ein Schlüssel ist falsch geschrieben',
  '“{0}” is no key': '„{0}“ ist kein Schlüssel',
  '“:” is missing behind a key': 'Hinter einem Schlüssel fehlt „:“',
  '“,” is missing before “{0}”': 'Vor „{0}“ fehlt „,“',
  'Values are nested more than {0} deep. Is it a string table? Choose another file.':
    'Die Werte sind mehr als {0}-fach verschachtelt. Ist das eine Texttabelle? Wählen Sie eine andere Datei.',
  'A string is written wrongly': 'Eine Zeichenkette ist falsch geschrieben',
  '“{0}” is no value': '„{0}“ ist kein Wert',
  'The end comes too soon': 'Das Ende kommt zu früh',
  'Lists and quotes are nested more than {0} deep (line {1}). Is it Markdown? Save it as plain text (.txt).':
    'Listen und Zitate sind mehr als {0}-fach verschachtelt (Zeile {1}). Ist das Markdown? Speichern Sie es als reinen Text (.txt).',
  'A paragraph has more than {0} marks of emphasis and links, or {1} links that do not end. Is it Markdown? Save it as plain text (.txt).':
    'Ein Absatz hat mehr als {0} Zeichen für Hervorhebungen und Links oder {1} Links ohne Ende. Ist das Markdown? Speichern Sie es als reinen Text (.txt).',
  'Emphasis is nested more than {0} deep. Is it Markdown? Save it as plain text.':
    'Hervorhebungen sind mehr als {0}-fach verschachtelt. Ist das Markdown? Speichern Sie es als reinen Text.',
  'Line {0} is “{1}”; a keyword such as msgid with a string in quotes, or a comment, was expected. Repair the file with msgfmt --check.':
    'Zeile {0} lautet „{1}“; erwartet wurde ein Schlüsselwort wie msgid mit einer Zeichenkette in Anführungszeichen oder ein Kommentar. Reparieren Sie die Datei mit msgfmt --check.',
  'The file has {0} MB; a text document may have {1} MB. Split it.':
    'Die Datei hat {0} MB; ein Textdokument darf {1} MB haben. Teilen Sie sie auf.',
  'The file is not UTF-8 or UTF-16 text (byte {0}). Save it as UTF-8 in the program that wrote it.':
    'Die Datei ist kein Text in UTF-8 oder UTF-16 (Byte {0}). Speichern Sie sie in dem Programm, aus dem sie stammt, als UTF-8.',
  'The file is not UTF-8 or UTF-16 text (byte {0}), and not {1} in single bytes either, which it declares. Save it as UTF-8 in the program that wrote it.':
    'Die Datei ist kein Text in UTF-8 oder UTF-16 (Byte {0}) und auch keiner in {1} mit einzelnen Bytes, wie sie angibt. Speichern Sie sie in dem Programm, aus dem sie stammt, als UTF-8.',
  'The file is not text: character {0} is a zero. Choose the document it was made from.':
    'Die Datei ist kein Text: Zeichen {0} ist eine Null. Wählen Sie das Dokument, aus dem sie entstanden ist.',
  "The translation has “{0}”, which {1}, the file's encoding, lacks. Save the file as UTF-8 and start again.":
    'Die Übersetzung enthält „{0}“, das in der Kodierung der Datei ({1}) fehlt. Speichern Sie die Datei als UTF-8 und beginnen Sie erneut.',
  'The file has no times as “00:00:01,000 --> 00:00:02,000”, so it is no SubRip subtitles. Choose another file.':
    'Die Datei enthält keine Zeitangaben wie „00:00:01,000 --> 00:00:02,000“, es sind also keine SubRip-Untertitel. Wählen Sie eine andere Datei.',
  'The file does not begin with “WEBVTT”, so it is no WebVTT subtitles. SubRip subtitles end in .srt: rename it.':
    'Die Datei beginnt nicht mit „WEBVTT“, es sind also keine WebVTT-Untertitel. SubRip-Untertitel enden auf .srt: Benennen Sie die Datei um.',
  'The file is not well-formed XML: {0}. Repair it in the program that wrote it.':
    'Die Datei ist kein wohlgeformtes XML: {0}. Reparieren Sie sie in dem Programm, aus dem sie stammt.',
  'The file has a document type declaration, which XLIFF does not use and which may hold harmful entities. Remove it.':
    'Die Datei enthält eine Dokumenttyp-Deklaration, die XLIFF nicht verwendet und die schädliche Entitäten enthalten kann. Entfernen Sie sie.',
  'Elements are nested more than {0} deep. Is it XLIFF? Choose another file.':
    'Die Elemente sind mehr als {0}-fach verschachtelt. Ist das XLIFF? Wählen Sie eine andere Datei.',
  'The file has no element. Choose an XLIFF file.': 'Die Datei enthält kein Element. Wählen Sie eine XLIFF-Datei.',
  "The file's root is {0}; <xliff> 1.2 or 2.0 was expected.": 'Das Wurzelelement der Datei ist {0}; erwartet wurde <xliff> 1.2 oder 2.0.',
  '{0} (line {1}), so the file is no YAML. Repair it in the program that wrote it.':
    'Die Datei ist kein gültiges YAML (Zeile {1}): {0}. Reparieren Sie sie in dem Programm, aus dem sie stammt.',
  'Get the file again, or print it into a new PDF from a program that shows it.':
    'Besorgen Sie die Datei erneut, oder drucken Sie sie aus einem Programm, das sie anzeigt, in ein neues PDF.',
  'The PDF is an XFA form, which has no pages of its own. Print it into a new PDF from the program that shows it.':
    'Das PDF ist ein XFA-Formular ohne eigene Seiten. Drucken Sie es aus dem Programm, das es anzeigt, in ein neues PDF.',
  'The PDF is locked with a password. Open it in a program that shows PDFs, save it without the password, and add that file.':
    'Das PDF ist mit einem Kennwort geschützt. Öffnen Sie es in einem Programm, das PDFs anzeigt, speichern Sie es ohne Kennwort und fügen Sie diese Datei hinzu.',
  'The PDF is damaged: {0}. {1}': 'Das PDF ist beschädigt: {0}. {1}',
  'Page {0} of {1} cannot be read: {2}. The PDF is damaged. {3}':
    'Seite {0} von {1} kann nicht gelesen werden: {2}. Das PDF ist beschädigt. {3}',
  'The PDF has no text. Its page is blank or pictures, a scan perhaps: run text recognition (OCR) on it, and add the result.':
    'Das PDF enthält keinen Text. Die Seite ist leer oder besteht aus Bildern, vielleicht ein Scan: Lassen Sie eine Texterkennung (OCR) laufen und fügen Sie das Ergebnis hinzu.',
  'The PDF has no text. Its {0} pages are blank or pictures, a scan perhaps: run text recognition (OCR) on it, and add the result.':
    'Das PDF enthält keinen Text. Die {0} Seiten sind leer oder bestehen aus Bildern, vielleicht ein Scan: Lassen Sie eine Texterkennung (OCR) laufen und fügen Sie das Ergebnis hinzu.',
  'The PDF does not say which letters its text has: its fonts lack names for them. Run text recognition (OCR) on it, and add the result.':
    'Das PDF gibt nicht an, aus welchen Buchstaben sein Text besteht: Den Schriften fehlen deren Namen. Lassen Sie eine Texterkennung (OCR) laufen und fügen Sie das Ergebnis hinzu.',
  'Plain text': 'Reiner Text',
  'Web page': 'Webseite',
  'SubRip subtitles': 'SubRip-Untertitel',
  'WebVTT subtitles': 'WebVTT-Untertitel',
  'Gettext catalogue': 'Gettext-Katalog',
  'JSON string table': 'JSON-Texttabelle',
  'YAML string table': 'YAML-Texttabelle',
  'CSV table': 'CSV-Tabelle',
  'TSV table': 'TSV-Tabelle',
  'Word document': 'Word-Dokument',
  'PowerPoint presentation': 'PowerPoint-Präsentation',
  'Excel workbook': 'Excel-Arbeitsmappe',
  'OpenDocument text': 'OpenDocument-Text',
  'OpenDocument presentation': 'OpenDocument-Präsentation',
  'OpenDocument spreadsheet': 'OpenDocument-Tabelle',
  'e-book': 'E-Book',
};
