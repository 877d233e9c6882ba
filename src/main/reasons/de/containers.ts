/** Archives, their parts and XML. */
export const containers = {
  'Get the file again.': 'Besorgen Sie die Datei erneut.',
  'The file holds no part {0}; it is damaged or incomplete. {1}':
    'Der Datei fehlt der Teil {0}; sie ist beschädigt oder unvollständig. {1}',
  'The part {0} is damaged: its length or checksum is not what the archive says. {1}':
    'Der Teil {0} ist beschädigt: Länge oder Prüfsumme stimmen nicht mit den Angaben des Archivs überein. {1}',
  'The part {0} is packed with method {1}; expected deflate. Save the document again.':
    'Der Teil {0} ist mit der Methode {1} gepackt, erwartet wurde Deflate. Speichern Sie das Dokument erneut.',
  'The part {0} is damaged: it does not unpack to the {1} bytes it declares. {2}':
    'Der Teil {0} ist beschädigt: Entpackt ergibt er nicht die angegebenen {1} Bytes. {2}',
  'The file is damaged: {0}. {1}': 'Die Datei ist beschädigt: {0}. {1}',
  'the end of its archive is missing': 'Das Ende des Archivs fehlt',
  'its zip64 directory is missing': 'Das Zip64-Verzeichnis fehlt',
  'it is one part of a split archive': 'Sie ist nur ein Stück eines geteilten Archivs',
  'its archive directory is not where it should be': 'Das Verzeichnis des Archivs steht nicht an seinem Platz',
  'The file holds {0} parts; at most {1} are read.': 'Die Datei enthält {0} Teile; höchstens {1} werden gelesen.',
  'a size or place in its archive directory is beyond its end':
    'Eine Größen- oder Ortsangabe im Verzeichnis des Archivs liegt hinter dem Ende der Datei',
  'its archive directory is broken': 'Das Verzeichnis des Archivs ist fehlerhaft',
  'its archive directory is cut off': 'Das Verzeichnis des Archivs ist abgeschnitten',
  'The file holds more than the {0} parts that are read.': 'Die Datei enthält mehr als die {0} Teile, die gelesen werden.',
  'its archive directory lists {0} parts, but says {1}': 'Das Verzeichnis des Archivs führt {0} Teile auf, nennt aber {1}',
  'The part {0} is a link; documents hold none. The file was not made by an ordinary program.':
    'Der Teil {0} ist eine Verknüpfung; Dokumente enthalten keine. Die Datei stammt nicht aus einem gewöhnlichen Programm.',
  'a zip64 field is cut off': 'Ein Zip64-Feld ist abgeschnitten',
  'The file holds a part with the path {0}, which leads out of it. It is not to be trusted.':
    'Die Datei enthält einen Teil mit dem Pfad {0}, der aus ihr hinausführt. Vertrauen Sie ihr nicht.',
  'The file holds the part {0} twice; which one counts cannot be known. Save it again.':
    'Die Datei enthält den Teil {0} zweimal; welcher gilt, ist nicht zu erkennen. Speichern Sie sie erneut.',
  'The file is locked with a password (part {0}). Save it without one.':
    'Die Datei ist mit einem Kennwort geschützt (Teil {0}). Speichern Sie sie ohne Kennwort.',
  'the part {0} is not where it should be': 'Der Teil {0} steht nicht an seinem Platz',
  'the part {0} has another name inside': 'Der Teil {0} trägt innen einen anderen Namen',
  'the part {0} is cut off, or lies over another': 'Der Teil {0} ist abgeschnitten oder überdeckt einen anderen',
  'The part {0} would unpack from {1} to {2} bytes; no document does. It is not to be trusted.':
    'Der Teil {0} würde beim Entpacken von {1} auf {2} Bytes wachsen; kein Dokument tut das. Vertrauen Sie der Datei nicht.',
  'The file would unpack to {0} bytes; at most {1} are read. Split the document.':
    'Die Datei würde entpackt {0} Bytes groß; höchstens {1} werden gelesen. Teilen Sie das Dokument auf.',
  'In the part {0}: {1}': 'Im Teil {0}: {1}',
  'The file holds more than {0} paragraphs. Split the document.': 'Die Datei enthält mehr als {0} Absätze. Teilen Sie das Dokument auf.',
  'There is a translation of block {0}, but the document has {1}.':
    'Es liegt eine Übersetzung von Block {0} vor, aber das Dokument hat nur {1}.',
  'a Word document (.docx)': 'ein Word-Dokument (.docx)',
  'a PowerPoint presentation (.pptx)': 'eine PowerPoint-Präsentation (.pptx)',
  'an Excel workbook (.xlsx)': 'eine Excel-Arbeitsmappe (.xlsx)',
  'an e-book (.epub)': 'ein E-Book (.epub)',
  'an OpenDocument text (.odt)': 'ein OpenDocument-Text (.odt)',
  'an OpenDocument presentation (.odp)': 'eine OpenDocument-Präsentation (.odp)',
  'an OpenDocument spreadsheet (.ods)': 'eine OpenDocument-Tabelle (.ods)',
  'Expected: {0} (.{1})': 'Erwartet: {0} (.{1})',
  'The file is not of the kind its name says: it is no zip archive, which such documents are. {0}.':
    'Die Datei ist nicht von der Art, die ihr Name angibt: Solche Dokumente sind Zip-Archive, diese Datei ist keines. {0}.',
  'a zip archive that is no document': 'ein Zip-Archiv, das kein Dokument ist',
  'of the type {0}': 'vom Typ {0}',
  'The file is {0}. {1}. Rename the file to what it is, or choose another.':
    'Die Datei ist {0}. {1}. Benennen Sie sie nach dem um, was sie ist, oder wählen Sie eine andere.',
  'The file is locked with a password. Open it in the program that wrote it, remove the password and save it again.':
    'Die Datei ist mit einem Kennwort geschützt. Öffnen Sie sie in dem Programm, aus dem sie stammt, entfernen Sie das Kennwort und speichern Sie sie erneut.',
  'The file is an Office document of the kind used before 2007. {0}. Open it in the program that wrote it and save it as {1}.':
    'Die Datei ist ein Office-Dokument der Art, die vor 2007 üblich war. {0}. Öffnen Sie sie in dem Programm, aus dem sie stammt, und speichern Sie sie als {1}.',
  'The file is an Office package that names no document in it; it is damaged. Get it again.':
    'Die Datei ist ein Office-Paket, in dem kein Dokument angegeben ist; sie ist beschädigt. Besorgen Sie sie erneut.',
  '<{0}> has no end': '<{0}> endet nirgends',
  'it holds no element': 'Er enthält kein Element',
  'The part {0} is not well-formed XML: {1} (line {2}). Get the file again, or save it again.':
    'Der Teil {0} ist kein wohlgeformtes XML: {1} (Zeile {2}). Besorgen oder speichern Sie die Datei erneut.',
  '“{0}” is missing': '„{0}“ fehlt',
  'The part {0} is too large to be read. Split the document.':
    'Der Teil {0} ist zu groß, um gelesen zu werden. Teilen Sie das Dokument auf.',
  'text stands outside of its elements': 'Text steht außerhalb der Elemente',
  'a declaration stands where none may': 'Eine Deklaration steht, wo keine stehen darf',
  'The part {0} declares entities of its own, which documents never need. It is not to be trusted.':
    'Der Teil {0} deklariert eigene Entitäten, die Dokumente nie brauchen. Vertrauen Sie der Datei nicht.',
  'it holds more than one element at the top': 'Er enthält auf der obersten Ebene mehr als ein Element',
  'The part {0} nests its elements more than {1} deep; no document does.':
    'Der Teil {0} verschachtelt Elemente mehr als {1}-fach; kein Dokument tut das.',
  '“<” does not begin a tag': '„<“ leitet kein Tag ein',
  'the tag <{0}> has no end': 'Das Tag <{0}> endet nirgends',
  'the tag <{0}> holds what is no attribute': 'Das Tag <{0}> enthält etwas, das kein Attribut ist',
  'the attribute {0} has no value': 'Das Attribut {0} hat keinen Wert',
  'the attribute {0} holds a “<”': 'Das Attribut {0} enthält ein „<“',
  'the attribute {0} is given twice': 'Das Attribut {0} ist doppelt angegeben',
  'the tag <{0}> holds more than {1} attributes': 'Das Tag <{0}> enthält mehr als {1} Attribute',
  '</{0}> ends nothing; expected </{1}>': '</{0}> beendet nichts, erwartet wurde </{1}>',
  '</{0}> ends nothing; expected nothing more': '</{0}> beendet nichts, erwartet wurde nichts mehr',
  'the prefix of {0} is not declared': 'Das Präfix von {0} ist nicht deklariert',
  '“{0}” stands for nothing known': '„{0}“ steht für nichts Bekanntes',
};
