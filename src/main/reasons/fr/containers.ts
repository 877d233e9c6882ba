/** Archives, their parts and XML. */
export const containers = {
  'Get the file again.': 'Procurez-vous à nouveau le fichier.',
  'The file holds no part {0}; it is damaged or incomplete. {1}': 'Il manque au fichier la partie {0} ; il est endommagé ou incomplet. {1}',
  'The part {0} is damaged: its length or checksum is not what the archive says. {1}':
    'La partie {0} est endommagée : sa longueur ou sa somme de contrôle ne correspond pas à ce qu’indique l’archive. {1}',
  'The part {0} is packed with method {1}; expected deflate. Save the document again.':
    'La partie {0} est compressée avec la méthode {1} au lieu de deflate. Enregistrez à nouveau le document.',
  'The part {0} is damaged: it does not unpack to the {1} bytes it declares. {2}':
    'La partie {0} est endommagée : décompressée, elle ne donne pas les {1} octets annoncés. {2}',
  'The file is damaged: {0}. {1}': 'Le fichier est endommagé : {0}. {1}',
  'the end of its archive is missing': 'la fin de son archive manque',
  'its zip64 directory is missing': 'son répertoire zip64 manque',
  'it is one part of a split archive': 'ce n’est qu’un morceau d’une archive fractionnée',
  'its archive directory is not where it should be': 'le répertoire de l’archive n’est pas à sa place',
  'The file holds {0} parts; at most {1} are read.': 'Le fichier contient {0} parties ; {1} au plus sont lues.',
  'a size or place in its archive directory is beyond its end':
    'une taille ou une position du répertoire de l’archive dépasse la fin du fichier',
  'its archive directory is broken': 'le répertoire de l’archive est défectueux',
  'its archive directory is cut off': 'le répertoire de l’archive est tronqué',
  'The file holds more than the {0} parts that are read.': 'Le fichier contient plus que les {0} parties qui sont lues.',
  'its archive directory lists {0} parts, but says {1}': 'le répertoire de l’archive énumère {0} parties, mais en annonce {1}',
  'The part {0} is a link; documents hold none. The file was not made by an ordinary program.':
    'La partie {0} est un lien ; les documents n’en contiennent pas. Le fichier ne vient pas d’un programme ordinaire.',
  'a zip64 field is cut off': 'un champ zip64 est tronqué',
  'The file holds a part with the path {0}, which leads out of it. It is not to be trusted.':
    'Le fichier contient une partie dont le chemin {0} mène hors de lui. Ne lui faites pas confiance.',
  'The file holds the part {0} twice; which one counts cannot be known. Save it again.':
    'Le fichier contient deux fois la partie {0} ; rien ne dit laquelle compte. Enregistrez-le à nouveau.',
  'The file is locked with a password (part {0}). Save it without one.':
    'Le fichier est protégé par un mot de passe (partie {0}). Enregistrez-le sans mot de passe.',
  'the part {0} is not where it should be': 'la partie {0} n’est pas à sa place',
  'the part {0} has another name inside': 'la partie {0} porte un autre nom à l’intérieur',
  'the part {0} is cut off, or lies over another': 'la partie {0} est tronquée ou en recouvre une autre',
  'The part {0} would unpack from {1} to {2} bytes; no document does. It is not to be trusted.':
    'La partie {0} passerait de {1} à {2} octets une fois décompressée ; aucun document ne fait cela. Ne faites pas confiance au fichier.',
  'The file would unpack to {0} bytes; at most {1} are read. Split the document.':
    'Décompressé, le fichier ferait {0} octets ; {1} au plus sont lus. Divisez le document.',
  'In the part {0}: {1}': 'Dans la partie {0} : {1}',
  'The file holds more than {0} paragraphs. Split the document.': 'Le fichier contient plus de {0} paragraphes. Divisez le document.',
  'There is a translation of block {0}, but the document has {1}.':
    'Il existe une traduction du bloc {0}, mais le document n’en a que {1}.',
  'a Word document (.docx)': 'un document Word (.docx)',
  'a PowerPoint presentation (.pptx)': 'une présentation PowerPoint (.pptx)',
  'an Excel workbook (.xlsx)': 'un classeur Excel (.xlsx)',
  'an e-book (.epub)': 'un livre numérique (.epub)',
  'an OpenDocument text (.odt)': 'un texte OpenDocument (.odt)',
  'an OpenDocument presentation (.odp)': 'une présentation OpenDocument (.odp)',
  'an OpenDocument spreadsheet (.ods)': 'un classeur OpenDocument (.ods)',
  'Expected: {0} (.{1})': 'Attendu : {0} (.{1})',
  'The file is not of the kind its name says: it is no zip archive, which such documents are. {0}.':
    'Le fichier n’est pas du type qu’indique son nom : de tels documents sont des archives zip, celui-ci n’en est pas une. {0}.',
  'a zip archive that is no document': 'une archive zip qui n’est pas un document',
  'of the type {0}': 'du type {0}',
  'The file is {0}. {1}. Rename the file to what it is, or choose another.':
    'Le fichier est {0}. {1}. Renommez-le selon ce qu’il est, ou choisissez-en un autre.',
  'The file is locked with a password. Open it in the program that wrote it, remove the password and save it again.':
    'Le fichier est protégé par un mot de passe. Ouvrez-le dans le programme qui l’a créé, retirez le mot de passe et enregistrez-le à nouveau.',
  'The file is an Office document of the kind used before 2007. {0}. Open it in the program that wrote it and save it as {1}.':
    'Le fichier est un document Office du genre utilisé avant 2007. {0}. Ouvrez-le dans le programme qui l’a créé et enregistrez-le en {1}.',
  'The file is an Office package that names no document in it; it is damaged. Get it again.':
    'Le fichier est un paquet Office qui ne désigne aucun document ; il est endommagé. Procurez-le-vous à nouveau.',
  '<{0}> has no end': '<{0}> n’a pas de fin',
  'it holds no element': 'elle ne contient aucun élément',
  'The part {0} is not well-formed XML: {1} (line {2}). Get the file again, or save it again.':
    'La partie {0} n’est pas du XML bien formé : {1} (ligne {2}). Procurez-vous à nouveau le fichier, ou enregistrez-le à nouveau.',
  '“{0}” is missing': '« {0} » manque',
  'The part {0} is too large to be read. Split the document.': 'La partie {0} est trop grande pour être lue. Divisez le document.',
  'text stands outside of its elements': 'du texte se trouve hors des éléments',
  'a declaration stands where none may': 'une déclaration figure là où il n’en faut pas',
  'The part {0} declares entities of its own, which documents never need. It is not to be trusted.':
    'La partie {0} déclare ses propres entités, dont un document n’a jamais besoin. Ne faites pas confiance au fichier.',
  'it holds more than one element at the top': 'elle contient plus d’un élément au premier niveau',
  'The part {0} nests its elements more than {1} deep; no document does.':
    'La partie {0} imbrique ses éléments sur plus de {1} niveaux ; aucun document ne fait cela.',
  '“<” does not begin a tag': '« < » ne commence pas une balise',
  'the tag <{0}> has no end': 'la balise <{0}> n’a pas de fin',
  'the tag <{0}> holds what is no attribute': 'la balise <{0}> contient autre chose qu’un attribut',
  'the attribute {0} has no value': 'l’attribut {0} n’a pas de valeur',
  'the attribute {0} holds a “<”': 'l’attribut {0} contient un « < »',
  'the attribute {0} is given twice': 'l’attribut {0} est donné deux fois',
  'the tag <{0}> holds more than {1} attributes': 'la balise <{0}> contient plus de {1} attributs',
  '</{0}> ends nothing; expected </{1}>': '</{0}> ne termine rien, </{1}> était attendu',
  '</{0}> ends nothing; expected nothing more': '</{0}> ne termine rien, plus rien n’était attendu',
  'the prefix of {0} is not declared': 'le préfixe de {0} n’est pas déclaré',
  '“{0}” stands for nothing known': '« {0} » ne désigne rien de connu',
};
