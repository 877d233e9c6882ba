import { type engine as english } from '../en/engine';
import { type Translation } from '../translation';

export const engine: Translation<typeof english> = {
  title: 'Engine',
  label: 'Engine: {{facts}}',
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
};
