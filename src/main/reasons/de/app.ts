/** The engine’s process, folders. */
export const app = {
  'The translation engine has stopped ({0}). Restart it, and resume: what is translated is kept.':
    'Die Engine ist angehalten ({0}). Starten Sie sie neu und setzen Sie fort: Was übersetzt ist, bleibt erhalten.',
  'exit code {0}': 'Exit-Code {0}',
  'The translation engine is not running ({0}). It can be connected to when it runs again.':
    'Die Engine läuft nicht ({0}). Verbunden werden kann, sobald sie wieder läuft.',
  '{0} could not be opened: {1}': '{0} konnte nicht geöffnet werden: {1}',
  'Tandem was started with --packs-only: those packs are not its own to move.':
    'Tandem wurde mit --packs-only gestartet: Diese Pakete gehören nicht ihm und werden nicht verschoben.',
  'The packs are being moved. Wait until that is done, or cancel it.':
    'Die Pakete werden gerade verschoben. Warten Sie, bis das fertig ist, oder brechen Sie es ab.',
  'A pack is being imported. Wait until it is done, or cancel it.':
    'Ein Paket wird gerade importiert. Warten Sie, bis das fertig ist, oder brechen Sie es ab.',
  'A test is under way. Wait until it is done, or cancel it.': 'Ein Test läuft. Warten Sie, bis er fertig ist, oder brechen Sie ihn ab.',
  'There is no usable pack “{0}”. Look for packs again.': 'Es gibt kein brauchbares Paket „{0}“. Suchen Sie erneut nach Paketen.',
  'The runtime has nothing but the CPU on this system: there is nothing to test.':
    'Die Laufzeit hat auf diesem System nur die CPU: Es gibt nichts zu testen.',
  'The runtime has no “{0}” on this system. It has: {1}.': 'Die Laufzeit hat auf diesem System kein „{0}“. Sie hat: {1}.',
  'Every provider ended or blocked its test before. Ask for one by its name to try it again.':
    'Jeder Anbieter hat seinen Test schon einmal abgebrochen oder blockiert. Nennen Sie einen beim Namen, um ihn erneut zu testen.',
  'What was dropped is not a file on this machine. Save it, and drop the file.':
    'Was Sie abgelegt haben, ist keine Datei auf diesem Rechner. Speichern Sie es, und legen Sie die Datei ab.',
};
