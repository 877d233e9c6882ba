export const FRENCH = {
  'it is the packs’ folder, or in it. Choose a folder elsewhere.':
    'c’est le dossier des packs, ou il s’y trouve. Choisissez un dossier ailleurs.',
  'it holds other files. Choose an empty folder.': 'il contient d’autres fichiers. Choisissez un dossier vide.',
  'packs were added or removed meanwhile. Move them again.': 'des packs ont été ajoutés ou supprimés entre-temps. Déplacez-les à nouveau.',
  'the packs cannot be moved there ({0}).': 'les packs ne peuvent pas y être déplacés ({0}).',
  'it is neither a file nor a folder, and cannot be moved. Remove it.':
    'ce n’est ni un fichier ni un dossier, et cela ne se déplace pas. Supprimez-le.',
  'the copy is not what was copied. The disk may be failing.': 'la copie n’est pas ce qui a été copié. Le disque est peut-être défaillant.',
  'it cannot be read ({0}). Choose another folder.': 'il ne peut pas être lu ({0}). Choisissez un autre dossier.',
  'the packs need {0} MB, but its disk has {1} MB left. Make room, or choose another.':
    'les packs demandent {0} Mo, mais son disque n’en a que {1}. Faites de la place, ou choisissez-en un autre.',
  'Tandem was started with --packs-only: those packs are not its own to move.':
    'Tandem a été lancé avec --packs-only : il n’a pas à déplacer ces packs.',
  'The packs are being moved. Wait until that is done, or cancel it.':
    'Les packs sont en cours de déplacement. Attendez la fin, ou annulez.',
  'A pack is being imported. Wait until it is done, or cancel it.': 'Un pack est en cours d’importation. Attendez la fin, ou annulez.',
};
