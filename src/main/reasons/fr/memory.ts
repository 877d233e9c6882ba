/** Translation memory and glossary. */
export const memory = {
  'The term could not be kept.': 'Le terme n’a pas pu être enregistré.',
  '“{0}” cannot be taken over. {1}': '« {0} » ne peut pas être repris. {1}',
  '“{0}” cannot be taken over beyond its first {1} entries. {2}': 'Seules les {1} premières entrées de « {0} » ont pu être reprises. {2}',
  '“{0}” has {1} MB; a glossary may have {2}. Split it.': '« {0} » fait {1} Mo ; un glossaire peut en faire {2}. Divisez-le.',
  '“{0}” is not UTF-8 or UTF-16 text (byte {1}). Save it as UTF-8.':
    '« {0} » n’est pas un texte UTF-8 ou UTF-16 (octet {1}). Enregistrez-le en UTF-8.',
  'Got one column, expected two or more: source, target, and perhaps a note. Separate them by commas, semicolons or tabs.':
    'Une seule colonne trouvée, au moins deux attendues : source, cible et peut-être une note. Séparez-les par des virgules, des points-virgules ou des tabulations.',
  'of the glossary': 'du glossaire',
  'Got a file that begins with <{0}>, expected a glossary (TBX), which begins with <tbx> or <martif>.':
    'Le fichier commence par <{0}> ; un glossaire (TBX), qui commence par <tbx> ou <martif>, était attendu.',
  'no term in two languages': 'aucun terme en deux langues',
  'a term or its translation is missing, has no letter, several lines or more than 200 characters':
    'un terme ou sa traduction manque, n’a aucune lettre, a plusieurs lignes ou plus de 200 caractères',
  'This translation would lose formatting: {0}. Put the codes back as they were.':
    'Cette traduction perdrait de la mise en forme : {0}. Remettez les repères comme ils étaient.',
  'This translation is no longer in the memory.': 'Cette traduction n’est plus dans la mémoire.',
  'The file is not {0} text, as it should be. Save it as UTF-8.':
    'Le fichier n’est pas un texte {0} comme il le devrait. Enregistrez-le en UTF-8.',
  'The file says that its encoding is “{0}”, which is not known here. Save it as UTF-8.':
    'Le fichier indique l’encodage « {0} », inconnu ici. Enregistrez-le en UTF-8.',
  'This is not well-formed XML: {0}. Export it again from the program that wrote it.':
    'Ce n’est pas du XML bien formé : {0}. Exportez-le à nouveau depuis le programme qui l’a créé.',
  'The file declares entities of its own, which a memory never needs. It is not to be trusted.':
    'Le fichier déclare ses propres entités, dont une mémoire n’a jamais besoin. Ne lui faites pas confiance.',
  'Got a file that begins with <{0}>, expected a translation memory (TMX), which begins with <tmx>.':
    'Le fichier commence par <{0}> ; une mémoire de traduction (TMX), qui commence par <tmx>, était attendue.',
  'Elements are nested more than {0} deep; no memory does that.':
    'Les éléments sont imbriqués sur plus de {0} niveaux ; aucune mémoire ne fait cela.',
  'longer than {0} characters': 'plus de {0} caractères',
  'no text in two languages': 'aucun texte en deux langues',
  '“{0}” was written by a later version of Tandem ({1}, known here: {2}). Update Tandem.':
    '« {0} » a été écrit par une version plus récente de Tandem ({1}, connue ici : {2}). Mettez Tandem à jour.',
  'History and memory cannot be used, because their library does not load ({0}). Install Tandem again. Translating works without them.':
    'L’historique et la mémoire sont indisponibles, car leur bibliothèque ne se charge pas ({0}). Réinstallez Tandem. La traduction fonctionne sans eux.',
};
