/** The engine’s process, folders. */
export const app = {
  'The translation engine has stopped ({0}). Restart it, and resume: what is translated is kept.':
    'Le moteur est arrêté ({0}). Redémarrez-le, puis reprenez : ce qui est traduit est conservé.',
  'exit code {0}': 'code de sortie {0}',
  'The translation engine is not running ({0}). It can be connected to when it runs again.':
    'Le moteur ne fonctionne pas ({0}). La connexion sera possible dès qu’il fonctionnera à nouveau.',
  '{0} could not be opened: {1}': '{0} n’a pas pu être ouvert : {1}',
  'Tandem was started with --packs-only: those packs are not its own to move.':
    'Tandem a été lancé avec --packs-only : il ne lui appartient pas de déplacer ces packs.',
  'The packs are being moved. Wait until that is done, or cancel it.':
    'Les packs sont en cours de déplacement. Attendez la fin, ou annulez.',
  'A pack is being imported. Wait until it is done, or cancel it.': 'Un pack est en cours d’importation. Attendez la fin, ou annulez.',
  'A test is under way. Wait until it is done, or cancel it.': 'Un test est en cours. Attendez la fin, ou annulez.',
  'There is no usable pack “{0}”. Look for packs again.': 'Il n’y a pas de pack utilisable « {0} ». Recherchez à nouveau les packs.',
  'The runtime has nothing but the CPU on this system: there is nothing to test.':
    'Sur ce système, le moteur d’exécution n’a que le processeur : il n’y a rien à tester.',
  'The runtime has no “{0}” on this system. It has: {1}.': 'Sur ce système, le moteur d’exécution n’a pas « {0} ». Il a : {1}.',
  'Every provider ended or blocked its test before. Ask for one by its name to try it again.':
    'Chaque fournisseur a déjà interrompu ou bloqué son test. Nommez-en un pour le tester à nouveau.',
  'What was dropped is not a file on this machine. Save it, and drop the file.':
    'Ce que vous avez déposé n’est pas un fichier de cette machine. Enregistrez-le, puis déposez le fichier.',
};
