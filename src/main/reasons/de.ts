export const GERMAN = {
  'it is the packs’ folder, or in it. Choose a folder elsewhere.':
    'Das ist der Ordner der Pakete oder liegt darin. Wählen Sie einen Ordner an anderer Stelle.',
  'it holds other files. Choose an empty folder.': 'Dort liegen andere Dateien. Wählen Sie einen leeren Ordner.',
  'packs were added or removed meanwhile. Move them again.':
    'Inzwischen kamen Pakete hinzu oder wurden entfernt. Verschieben Sie sie noch einmal.',
  'the packs cannot be moved there ({0}).': 'Die Pakete lassen sich nicht dorthin verschieben ({0}).',
  'it is neither a file nor a folder, and cannot be moved. Remove it.':
    'Das ist weder Datei noch Ordner und lässt sich nicht verschieben. Entfernen Sie es.',
  'the copy is not what was copied. The disk may be failing.':
    'Die Kopie ist nicht, was kopiert wurde. Der Datenträger ist vielleicht defekt.',
  'it cannot be read ({0}). Choose another folder.': 'Das lässt sich nicht lesen ({0}). Wählen Sie einen anderen Ordner.',
  'the packs need {0} MB, but its disk has {1} MB left. Make room, or choose another.':
    'Die Pakete brauchen {0} MB, aber dort sind nur {1} MB frei. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.',
  'Tandem was started with --packs-only: those packs are not its own to move.':
    'Tandem wurde mit --packs-only gestartet: Diese Pakete zu verschieben ist nicht seine Sache.',
  'The packs are being moved. Wait until that is done, or cancel it.':
    'Die Pakete werden gerade verschoben. Warten Sie, bis das fertig ist, oder brechen Sie es ab.',
  'A pack is being imported. Wait until it is done, or cancel it.':
    'Ein Paket wird gerade importiert. Warten Sie, bis es fertig ist, oder brechen Sie den Import ab.',
};
