import type { NewHistoryEntry } from '../../../../src/shared/history';

/** A translation as the window hands it over. */
export function entry(source: string, output = `[${source}]`): NewHistoryEntry {
  return {
    kind: 'translation',
    from: 'en',
    to: 'de',
    lane: 'hybrid',
    packId: 'tiny',
    pack: 'Tiny 1.0.0',
    source,
    output,
    tokens: 3,
    totalMs: 12.5,
    firstTokenMs: null,
  };
}
