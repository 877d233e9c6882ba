import { type engine as english } from '../en/engine';
import { type Translation } from '../translation';

export const engine: Translation<typeof english> = {
  title: 'Engine',
  label: 'Engine: {{state}}',
  starting: 'Startet',
  restarting: 'Startet neu',
  stopped: 'Angehalten',
  noPack: 'Kein Paket',
  packFailed: 'Paketfehler',
  ready: 'Bereit',
  state: 'Zustand',
  openedIn: '{{state}}, Paket in {{seconds}} s geöffnet',
  reason: 'Grund',
  nextTry: 'Nächster Versuch',
  inSeconds: 'in {{seconds}} s',
  pack: 'Paket',
  memory: 'Arbeitsspeicher',
  requests: 'Anfragen',
  noRequests: 'keine',
  pending_one: '{{count, number}} läuft oder wartet',
  pending_other: '{{count, number}} laufen oder warten',
  part: 'Teil',
  runsOn: 'Läuft auf',
  threads: 'Threads',
  size: 'Größe',
  notRunning: 'Die Engine läuft nicht. Versuchen Sie es erneut, sobald sie läuft.',
  errorPackMissing:
    'Das gewählte Paket ist nicht vorhanden. Lassen Sie erneut suchen, oder wählen Sie ein anderes. Einzelheiten (englisch): {{message}}',
  errorPackDamaged: 'Eine Datei des Pakets fehlt oder ist fehlerhaft. Installieren Sie das Paket neu. Einzelheiten (englisch): {{message}}',
  errorUnsupported:
    'Das gewählte Paket bietet das nicht. Wählen Sie ein anderes Paket oder andere Einstellungen. Einzelheiten (englisch): {{message}}',
  errorUnfitText: 'Aus diesem Text entsteht keine Zusammenfassung. Einzelheiten (englisch): {{message}}',
  errorBadRequest: 'Die Engine hat die Anfrage abgelehnt. Versuchen Sie es erneut. Einzelheiten (englisch): {{message}}',
  errorProvider:
    'Der gewählte Prozessor arbeitet nicht mit diesem Paket. Wählen Sie in den Einstellungen einen anderen. Einzelheiten (englisch): {{message}}',
  errorDied: 'Die Engine wurde unerwartet beendet und startet neu. Versuchen Sie es erneut.',
  errorInternal: 'Die Engine meldet einen Fehler. Versuchen Sie es erneut. Einzelheiten (englisch): {{message}}',
};
