/** Jobs, their files, and what the engine could not do for them. */
export const documents = {
  'The list of documents was damaged. It begins anew; the old one is {0}.':
    'La liste des documents était endommagée. Elle repart de zéro ; l’ancienne se trouve ici : {0}.',
  'This list cannot be saved: {0}. Until it can, it is forgotten when Tandem closes; translations stay.':
    'Cette liste ne peut pas être enregistrée : {0}. Tant que c’est le cas, elle disparaît à la fermeture de Tandem ; les traductions restent.',
  'The engine said nothing about this sentence.': 'Le moteur n’a rien répondu pour cette phrase.',
  'The model wrote nothing for this sentence; its source was kept.':
    'Le modèle n’a rien écrit pour cette phrase ; le texte source est conservé.',
  'The model did not place the inline codes of this sentence; its source was kept.':
    'Le modèle n’a pas su placer la mise en forme de cette phrase ; le texte source est conservé.',
  'The pack is missing. {0}': 'Le pack est introuvable. Détails : {0}',
  'The pack is damaged. {0}': 'Le pack est endommagé. Détails : {0}',
  'The pack cannot do this. {0}': 'Ce pack ne le permet pas. Détails : {0}',
  'The text is not fit for this. {0}': 'Le texte ne s’y prête pas. Détails : {0}',
  'The engine refused this text. {0}': 'Le moteur a refusé ce texte. Détails : {0}',
  'The processor or graphics unit refused the work. {0}': 'Le processeur ou la puce graphique a refusé le travail. Détails : {0}',
  'The engine stopped unexpectedly.': 'Le moteur a cessé de fonctionner.',
  'Something went wrong in the engine. {0}': 'Une erreur est survenue dans le moteur. Détails : {0}',
  'no format known here': 'format inconnu ici',
  'it is the translation of “{0}”': 'c’est la traduction de « {0} »',
  'its translation is there already': 'sa traduction existe déjà',
  'the lock of an open document': 'le verrou d’un document ouvert',
  'a link': 'un lien',
  'not a file': 'pas un fichier',
  'it is in the list already': 'déjà dans la liste',
  'The translation of block {0} would break the formatting: {1}.': 'La traduction du bloc {0} casserait la mise en forme : {1}.',
  'it is not there': 'introuvable',
  'a file is where a folder is needed': 'un fichier se trouve là où il faut un dossier',
  'it is a folder': 'c’est un dossier',
  'permission denied': 'accès refusé',
  'the disk is read-only': 'disque en lecture seule',
  'the disk is full': 'disque plein',
  'the disk quota is used up': 'quota de disque épuisé',
  'the disk takes no file of this size': 'fichier trop grand pour ce disque',
  'bilingual file': 'fichier bilingue',
  'There is none for this format ({0}).': 'Il n’y en a pas pour ce format ({0}).',
  'The paragraphs of source and translation do not match one by one, so there is no bilingual file.':
    'Les paragraphes de la source et de la traduction ne se correspondent pas un à un, il n’y a donc pas de fichier bilingue.',
  '“{0}” has translations into “{1}” already, and “{2}” was asked for. Choose that language, or a file without them.':
    '« {0} » contient déjà des traductions en « {1} », et « {2} » était demandé. Choisissez cette langue-là, ou un fichier sans traductions.',
  'What is translated of this document cannot be read: {0} of {1} bytes are there. Start it anew.':
    'Ce qui est traduit de ce document est illisible : {0} octets sur {1} sont là. Recommencez-le.',
  'Another process ({0}) is translating this document. Wait until it has ended, or end it.':
    'Un autre processus ({0}) traduit ce document en ce moment. Attendez qu’il ait fini, ou mettez-y fin.',
  '“{0}” was changed after it was translated. Translate it again to review it.':
    '« {0} » a été modifié après sa traduction. Traduisez-le à nouveau pour le relire.',
  '“{0}” cannot be read: {1}. Put it back, and resume; what is translated is kept.':
    '« {0} » ne peut pas être lu : {1}. Remettez-le en place, puis reprenez ; ce qui est traduit est conservé.',
  'Keep what is translated wherever its sentences are the same, or start anew.':
    'Gardez ce qui est traduit là où les phrases sont identiques, ou recommencez.',
  '“{0}” was changed since its translation was begun. {1}': '« {0} » a été modifié depuis le début de sa traduction. {1}',
  '{0} {1}, now {2} {3}': '{0} {1}, maintenant {2} {3}',
  'The translation was begun with another pack or other options ({0}). {1}':
    'La traduction a été commencée avec un autre pack ou d’autres options ({0}). {1}',
  'The progress of this document cannot be kept: {0}. Make room, and resume.':
    'La progression de ce document ne peut pas être enregistrée : {0}. Libérez de la place, puis reprenez.',
  'has no extension that says its format': 'n’a pas d’extension qui indique son format',
  'ends in “.{0}”, which is no format known here': 'se termine par « .{0} », un format inconnu ici',
  '“{0}” {1}. Known are {2}: save it as one of these, or rename it if it is one.':
    '« {0} » {1}. Formats connus : {2}. Enregistrez le fichier dans l’un d’eux, ou renommez-le s’il en est un.',
  '“{0}” is empty: 0 bytes. Choose the file that holds the text.':
    '« {0} » est vide : 0 octet. Choisissez le fichier qui contient le texte.',
  '“{0}” is, by its content, {1}; {2} was expected. Rename it to the extension of what it is, or save it as .{3} in the program that wrote it.':
    '« {0} » est, par son contenu, {1} ; attendu : {2}. Donnez-lui l’extension de ce qu’il est, ou enregistrez-le en .{3} dans le programme qui l’a créé.',
  text: 'texte',
  'a zip archive': 'une archive zip',
  'it begins with “%PDF-”': 'début « %PDF- »',
  'A {0} is translated into a document of another format ({1}), not into “{2}”. Choose a name that ends in one of these.':
    'Un fichier {0} est traduit en un document d’un autre format ({1}), pas en « {2} ». Choisissez un nom qui porte l’une de ces extensions.',
  'plain text': 'du texte brut',
  'a zip archive (as Word, PowerPoint, Excel, OpenDocument and EPUB files are)':
    'une archive zip (comme les fichiers Word, PowerPoint, Excel, OpenDocument et EPUB)',
  'a PDF': 'un PDF',
  'an old (before 2007) or password-protected Office document': 'un document Office ancien (avant 2007) ou protégé par un mot de passe',
  'a rich text (RTF) document': 'un document au format RTF',
  'a compressed file': 'un fichier compressé',
  'an image': 'une image',
  'audio or video': 'un fichier audio ou vidéo',
  'data that is not text': 'des données qui ne sont pas du texte',
  'The pack “{0}” is not there or cannot be used. Put it back, or choose another.':
    'Le pack « {0} » est absent ou inutilisable. Remettez-le en place, ou choisissez-en un autre.',
  'The pack “{0}” in “{1}” cannot be read: {2}.': 'Le pack « {0} » dans « {1} » ne peut pas être lu : {2}.',
  'No file can be put into “{0}”: {1}. Choose another folder, or make room there.':
    'Aucun fichier ne peut être placé dans « {0} » : {1}. Choisissez un autre dossier, ou libérez-y de la place.',
  '“{0}” and {1} numbered ones are there already. Choose another folder.':
    '« {0} » et {1} fichiers numérotés de ce nom existent déjà. Choisissez un autre dossier.',
  '“{0}” cannot be written to “{1}”: {2}. All that is translated is kept; make room or choose another folder, and resume.':
    '« {0} » ne peut pas être écrit dans « {1} » : {2}. Tout ce qui est traduit est conservé ; libérez de la place ou choisissez un autre dossier, puis reprenez.',
  'This document is no longer in the list.': 'Ce document n’est plus dans la liste.',
  'This document is not translated yet; it can be reviewed when it is.':
    'Ce document n’est pas encore traduit ; il pourra être relu ensuite.',
  '“{0}” is not UTF-8 or UTF-16 text (byte {1}). Save it as UTF-8, or as a document, in the program that wrote it.':
    '« {0} » n’est pas un texte UTF-8 ou UTF-16 (octet {1}). Enregistrez-le en UTF-8, ou comme document, dans le programme qui l’a créé.',
  'This translation would break the formatting: {0}. Put the codes back as they were.':
    'Cette traduction casserait la mise en forme : {0}. Remettez les repères comme ils étaient.',
  'It was not translated.': 'Il n’a pas été traduit.',
  'The codes of this paragraph would not be in order with its translation; all of it was left as it was.':
    'Les codes de ce paragraphe ne seraient plus dans le bon ordre avec sa traduction ; il a été laissé tel quel en entier.',
  'The document has no segment {0}.': 'Le document n’a pas de segment {0}.',
};
