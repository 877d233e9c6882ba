import type { OpenLane } from './models/lanes';

/** No translation is much longer than twice its source; a decoder that has lost its way stops here. End of sentence counted. */
export function tokenLimit({ maxTokens }: Pick<OpenLane, 'maxTokens'>, sourceIds: readonly number[]): number {
  return Math.min(maxTokens, 2 * sourceIds.length + 24);
}
