/** Why a pack is refused or does not work. */
export const packs = {
  'it is the packs’ folder, or in it. Choose a folder elsewhere.':
    'c’est le dossier des packs, ou il s’y trouve. Choisissez un dossier ailleurs.',
  'it holds other files. Choose an empty folder.': 'il contient d’autres fichiers. Choisissez un dossier vide.',
  'packs were added or removed meanwhile. Move them again.': 'des packs ont été ajoutés ou supprimés entre-temps. Déplacez-les à nouveau.',
  'the packs cannot be moved there ({0}).': 'les packs ne peuvent pas y être déplacés ({0}).',
  'it is neither a file nor a folder, and cannot be moved. Remove it.':
    'ce n’est ni un fichier ni un dossier et ne peut pas être déplacé. Supprimez-le.',
  'the packs need {0} MB, but its disk has {1} MB left. Make room, or choose another.':
    'les packs ont besoin de {0} Mo, mais il reste {1} Mo sur le disque. Libérez de la place, ou choisissez un autre dossier.',
  'the copy is not what was copied. The disk may be failing.':
    'la copie ne correspond pas à ce qui a été copié. Le disque est peut-être défaillant.',
  'it cannot be read ({0}). Choose another folder.': 'lecture impossible ({0}). Choisissez un autre dossier.',
};
