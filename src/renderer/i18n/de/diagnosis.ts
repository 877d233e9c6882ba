import { type diagnosis as english } from '../en/diagnosis';
import { type Translation } from '../translation';

export const diagnosis: Translation<typeof english> = {
  title: 'Ein Problem melden',
  copy: 'Diagnose kopieren',
  copied: 'Diagnose kopiert',
  copyMeaning: 'Versionen, Rechner, Pakete und Einstellungen für eine Meldung. Keiner Ihrer Texte, nicht Ihr Name.',
  unusable: 'Die Engine kann auf diesem Rechner nicht laufen',
  missing:
    'Eine Bibliothek, die sie braucht, fehlt. Installieren Sie Tandem neu; unter Windows installieren Sie auch Microsofts Visual C++ Redistributable (x64).',
  system: 'Das Betriebssystem ist älter, als die Engine es braucht. Aktualisieren Sie es, oder verwenden Sie Tandem auf einem neueren.',
  damaged:
    'Eine Bibliothek der Engine ist beschädigt oder für eine andere Art Prozessor gemacht. Installieren Sie Tandem neu, in der Ausgabe für diesen Rechner.',
  processor: 'Dem Prozessor fehlen Befehle, die die Engine verwendet. Tandem braucht einen Rechner mit neuerem Prozessor.',
  other: 'Die Bibliothek der Engine ließ sich nicht laden. Installieren Sie Tandem neu; hilft das nicht, melden Sie es mit der Diagnose.',
};
