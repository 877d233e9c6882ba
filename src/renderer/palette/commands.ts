/** What the palette offers, and which of it a query means. Pure. */

export interface Command {
  /** Unique. */
  label: string;
  /** Keys that do the same, e.g. `Ctrl+Enter`. */
  keys?: string;
  run(): void;
}

/**
 * Commands with every word of the query at the beginning of one of their own words, then those with it anywhere; in their order. Case and
 * accents do not count.
 */
export function matchCommands(commands: readonly Command[], query: string): readonly Command[] {
  const words = plain(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return commands;
  const labelled = commands.map((command) => ({ command, label: plain(command.label) }));
  const begin = labelled.filter(({ label }) => {
    const own = label.split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => own.some((candidate) => candidate.startsWith(word)));
  });
  const hold = labelled.filter((entry) => !begin.includes(entry) && words.every((word) => entry.label.includes(word)));
  return [...begin, ...hold].map(({ command }) => command);
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\p{M}\u00ad]/gu, '')
    .toLowerCase();
}
