/** Why a pack is refused or does not work. */
export const packs = {
  'it is the packs’ folder, or in it. Choose a folder elsewhere.':
    'Das ist der Paketordner, oder er liegt darin. Wählen Sie einen Ordner an anderer Stelle.',
  'it holds other files. Choose an empty folder.': 'Der Ordner enthält andere Dateien. Wählen Sie einen leeren Ordner.',
  'packs were added or removed meanwhile. Move them again.':
    'Inzwischen kamen Pakete hinzu oder wurden entfernt. Verschieben Sie sie erneut.',
  'the packs cannot be moved there ({0}).': 'Die Pakete können nicht dorthin verschoben werden ({0}).',
  'it is neither a file nor a folder, and cannot be moved. Remove it.':
    'Das ist weder Datei noch Ordner und kann nicht verschoben werden. Entfernen Sie es.',
  'the packs need {0} MB, but its disk has {1} MB left. Make room, or choose another.':
    'Die Pakete brauchen {0} MB, auf dem Datenträger sind aber nur {1} MB frei. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.',
  'the copy is not what was copied. The disk may be failing.':
    'Die Kopie stimmt nicht mit dem Kopierten überein. Der Datenträger ist vielleicht defekt.',
  'it cannot be read ({0}). Choose another folder.': 'Es kann nicht gelesen werden ({0}). Wählen Sie einen anderen Ordner.',
};
