/** Reading and writing a format; the names of formats. */
export const formats = {
  'The quoted cell that begins in line {0} is not closed. Add the missing quotation mark and start again.':
    'La cellule entre guillemets qui commence à la ligne {0} n’est pas fermée. Ajoutez le guillemet manquant et recommencez.',
  'The e-book is locked by copy protection (DRM), and its text cannot be read. Get a copy without it from the publisher.':
    'Le livre numérique est verrouillé par une protection contre la copie (DRM), son texte est illisible. Demandez à l’éditeur un exemplaire sans protection.',
  'The e-book does not name its package document in META-INF/container.xml; it is damaged. Get the file again.':
    'Le livre numérique n’indique pas son document de paquet dans META-INF/container.xml ; il est endommagé. Procurez-vous à nouveau le fichier.',
  '{0} in line {1}, so the file is no JSON. Repair it in the program that wrote it.':
    'Le fichier n’est pas du JSON valide (ligne {1}) : {0}. Réparez-le dans le programme qui l’a créé.',
  'A string is not closed, or “{0}” stands where it cannot': 'une chaîne n’est pas fermée, ou « {0} » figure là où il ne faut pas',
  '“{0}” stands behind the end': '« {0} » figure après la fin',
  'A key is written wrongly': 'une clé est mal écrite',
  '“{0}” is no key': '« {0} » n’est pas une clé',
  '“:” is missing behind a key': '« : » manque après une clé',
  '“,” is missing before “{0}”': '« , » manque avant « {0} »',
  'Values are nested more than {0} deep. Is it a string table? Choose another file.':
    'Les valeurs sont imbriquées sur plus de {0} niveaux. Est-ce une table de textes ? Choisissez un autre fichier.',
  'A string is written wrongly': 'une chaîne est mal écrite',
  '“{0}” is no value': '« {0} » n’est pas une valeur',
  'The end comes too soon': 'la fin arrive trop tôt',
  'Lists and quotes are nested more than {0} deep (line {1}). Is it Markdown? Save it as plain text (.txt).':
    'Des listes et citations sont imbriquées sur plus de {0} niveaux (ligne {1}). Est-ce du Markdown ? Enregistrez-le en texte brut (.txt).',
  'A paragraph has more than {0} marks of emphasis and links, or {1} links that do not end. Is it Markdown? Save it as plain text (.txt).':
    'Un paragraphe a plus de {0} marques d’emphase et de liens, ou {1} liens sans fin. Est-ce du Markdown ? Enregistrez-le en texte brut (.txt).',
  'Emphasis is nested more than {0} deep. Is it Markdown? Save it as plain text.':
    'L’emphase est imbriquée sur plus de {0} niveaux. Est-ce du Markdown ? Enregistrez-le en texte brut.',
  'Line {0} is “{1}”; a keyword such as msgid with a string in quotes, or a comment, was expected. Repair the file with msgfmt --check.':
    'La ligne {0} est « {1} » ; un mot-clé tel que msgid avec une chaîne entre guillemets, ou un commentaire, était attendu. Réparez le fichier avec msgfmt --check.',
  'The file has {0} MB; a text document may have {1} MB. Split it.':
    'Le fichier fait {0} Mo ; un document texte peut faire {1} Mo. Divisez-le.',
  'The file is not UTF-8 or UTF-16 text (byte {0}). Save it as UTF-8 in the program that wrote it.':
    'Le fichier n’est pas un texte UTF-8 ou UTF-16 (octet {0}). Enregistrez-le en UTF-8 dans le programme qui l’a créé.',
  'The file is not UTF-8 or UTF-16 text (byte {0}), and not {1} in single bytes either, which it declares. Save it as UTF-8 in the program that wrote it.':
    'Le fichier n’est pas un texte UTF-8 ou UTF-16 (octet {0}), ni du {1} sur un octet comme il le déclare. Enregistrez-le en UTF-8 dans le programme qui l’a créé.',
  'The file is not text: character {0} is a zero. Choose the document it was made from.':
    'Le fichier n’est pas du texte : le caractère {0} est nul. Choisissez le document dont il provient.',
  "The translation has “{0}”, which {1}, the file's encoding, lacks. Save the file as UTF-8 and start again.":
    'La traduction contient « {0} », absent de l’encodage du fichier ({1}). Enregistrez le fichier en UTF-8 et recommencez.',
  'The file has no times as “00:00:01,000 --> 00:00:02,000”, so it is no SubRip subtitles. Choose another file.':
    'Le fichier n’a pas de temps comme « 00:00:01,000 --> 00:00:02,000 », ce ne sont donc pas des sous-titres SubRip. Choisissez un autre fichier.',
  'The file does not begin with “WEBVTT”, so it is no WebVTT subtitles. SubRip subtitles end in .srt: rename it.':
    'Le fichier ne commence pas par « WEBVTT », ce ne sont donc pas des sous-titres WebVTT. Les sous-titres SubRip se terminent par .srt : renommez-le.',
  'The file is not well-formed XML: {0}. Repair it in the program that wrote it.':
    'Le fichier n’est pas du XML bien formé : {0}. Réparez-le dans le programme qui l’a créé.',
  'The file has a document type declaration, which XLIFF does not use and which may hold harmful entities. Remove it.':
    'Le fichier a une déclaration de type de document, que XLIFF n’utilise pas et qui peut contenir des entités dangereuses. Retirez-la.',
  'Elements are nested more than {0} deep. Is it XLIFF? Choose another file.':
    'Les éléments sont imbriqués sur plus de {0} niveaux. Est-ce du XLIFF ? Choisissez un autre fichier.',
  'The file has no element. Choose an XLIFF file.': 'Le fichier n’a aucun élément. Choisissez un fichier XLIFF.',
  "The file's root is {0}; <xliff> 1.2 or 2.0 was expected.": 'La racine du fichier est {0} ; <xliff> 1.2 ou 2.0 était attendu.',
  '{0} (line {1}), so the file is no YAML. Repair it in the program that wrote it.':
    'Le fichier n’est pas du YAML valide (ligne {1}) : {0}. Réparez-le dans le programme qui l’a créé.',
  'Get the file again, or print it into a new PDF from a program that shows it.':
    'Procurez-vous à nouveau le fichier, ou imprimez-le dans un nouveau PDF depuis un programme qui l’affiche.',
  'The PDF is an XFA form, which has no pages of its own. Print it into a new PDF from the program that shows it.':
    'Le PDF est un formulaire XFA, sans pages propres. Imprimez-le dans un nouveau PDF depuis le programme qui l’affiche.',
  'The PDF is locked with a password. Open it in a program that shows PDFs, save it without the password, and add that file.':
    'Le PDF est protégé par un mot de passe. Ouvrez-le dans un programme qui affiche les PDF, enregistrez-le sans mot de passe et ajoutez ce fichier.',
  'The PDF is damaged: {0}. {1}': 'Le PDF est endommagé : {0}. {1}',
  'Page {0} of {1} cannot be read: {2}. The PDF is damaged. {3}':
    'La page {0} sur {1} ne peut pas être lue : {2}. Le PDF est endommagé. {3}',
  'The PDF has no text. Its page is blank or pictures, a scan perhaps: run text recognition (OCR) on it, and add the result.':
    'Le PDF ne contient pas de texte. Sa page est vide ou faite d’images, un scan peut-être : passez-le par une reconnaissance de texte (OCR) et ajoutez le résultat.',
  'The PDF has no text. Its {0} pages are blank or pictures, a scan perhaps: run text recognition (OCR) on it, and add the result.':
    'Le PDF ne contient pas de texte. Ses {0} pages sont vides ou faites d’images, un scan peut-être : passez-le par une reconnaissance de texte (OCR) et ajoutez le résultat.',
  'The PDF does not say which letters its text has: its fonts lack names for them. Run text recognition (OCR) on it, and add the result.':
    'Le PDF n’indique pas de quelles lettres est fait son texte : ses polices ne les nomment pas. Passez-le par une reconnaissance de texte (OCR) et ajoutez le résultat.',
  'Plain text': 'texte brut',
  'Web page': 'page web',
  'SubRip subtitles': 'sous-titres SubRip',
  'WebVTT subtitles': 'sous-titres WebVTT',
  'Gettext catalogue': 'catalogue Gettext',
  'JSON string table': 'table de textes JSON',
  'YAML string table': 'table de textes YAML',
  'CSV table': 'tableau CSV',
  'TSV table': 'tableau TSV',
  'Word document': 'document Word',
  'PowerPoint presentation': 'présentation PowerPoint',
  'Excel workbook': 'classeur Excel',
  'OpenDocument text': 'texte OpenDocument',
  'OpenDocument presentation': 'présentation OpenDocument',
  'OpenDocument spreadsheet': 'classeur OpenDocument',
  'e-book': 'livre numérique',
};
