import { type engine as english } from '../en/engine';
import { type Translation } from '../translation';

export const engine: Translation<typeof english> = {
  title: 'Moteur',
  label: 'Moteur : {{facts}}',
  starting: 'Démarrage',
  restarting: 'Redémarrage',
  stopped: 'Arrêté',
  noPack: 'Aucun pack',
  packFailed: 'Pack en erreur',
  ready: 'Prêt',
  state: 'État',
  openedIn: '{{state}}, pack ouvert en {{seconds}} s',
  reason: 'Cause',
  nextTry: 'Nouvel essai',
  inSeconds: 'dans {{seconds}} s',
  pack: 'Pack',
  memory: 'Mémoire',
  requests: 'Demandes',
  noRequests: 'aucune',
  pending_one: '{{count, number}} en cours ou en attente',
  pending_other: '{{count, number}} en cours ou en attente',
  part: 'Partie',
  runsOn: 'Exécution sur',
  threads: 'Threads',
  size: 'Taille',
};
