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
};
