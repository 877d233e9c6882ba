import { type diagnosis as english } from '../en/diagnosis';
import { type Translation } from '../translation';

export const diagnosis: Translation<typeof english> = {
  title: 'Signaler un problème',
  copy: 'Copier le diagnostic',
  copied: 'Diagnostic copié',
  copyMeaning: 'Versions, machine, packs et réglages, pour un signalement. Aucun de vos textes, pas votre nom.',
  unusable: 'Le moteur ne peut pas fonctionner sur cette machine',
  missing:
    'Une bibliothèque dont il a besoin est absente. Réinstallez Tandem ; sous Windows, installez aussi Visual C++ Redistributable (x64) de Microsoft.',
  system: 'Le système d’exploitation est plus ancien que ce que le moteur exige. Mettez-le à jour, ou utilisez Tandem sur un plus récent.',
  damaged:
    'Une bibliothèque du moteur est endommagée ou faite pour un autre type de processeur. Réinstallez Tandem, dans l’édition pour cette machine.',
  processor: 'Il manque au processeur des instructions que le moteur utilise. Tandem demande une machine au processeur plus récent.',
  other: 'La bibliothèque du moteur n’a pas pu être chargée. Réinstallez Tandem ; si cela ne suffit pas, signalez-le avec le diagnostic.',
};
