import { expect, test } from 'vitest';
import { matchCommands } from '../../../../src/renderer/palette/commands';

const commands = [
  'Show: Translate',
  'Show: Settings',
  'Lane: Exact',
  'Langue de l’interface : Français',
  'Zusammen\u00adfassen zeigen',
].map((label) => ({ label, run: () => {} }));
const labels = (query: string) => matchCommands(commands, query).map(({ label }) => label);

test.each([
  ['', commands.map(({ label }) => label)],
  ['sho', ['Show: Translate', 'Show: Settings']],
  ['show set', ['Show: Settings']],
  ['LA', ['Lane: Exact', 'Langue de l’interface : Français', 'Show: Translate']],
  ['francais', ['Langue de l’interface : Français']],
  ['zusammenf', ['Zusammen\u00adfassen zeigen']],
  ['tings', ['Show: Settings']],
  ['nothing like it', []],
])('“%s” means %j', (query, expected) => {
  expect(labels(query)).toEqual(expected);
});
