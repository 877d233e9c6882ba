/** Two texts to begin with, by source language; English where there is none. */
const EXAMPLES: Record<string, readonly [string, string]> = {
  en: [
    'Good morning. Could you tell me when the next train leaves for the airport?',
    'The committee met twice this year. It agreed on a plan to protect the forest, but the work has not begun yet.',
  ],
  de: ['Guten Morgen. Wann fährt der nächste Zug zum Flughafen?', 'Der Ausschuss hat sich auf einen Plan zum Schutz des Waldes geeinigt.'],
  fr: [
    "Bonjour. À quelle heure part le prochain train pour l'aéroport ?",
    "Le comité s'est mis d'accord sur un plan pour protéger la forêt.",
  ],
};

export function examplesFor(language: string): readonly string[] {
  return EXAMPLES[language] ?? EXAMPLES['en'] ?? [];
}
