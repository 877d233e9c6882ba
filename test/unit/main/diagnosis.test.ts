import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { desktopOf, diagnosis } from '../../../src/main/diagnosis';
import { facts } from '../../../src/main/facts';
import { settingsSchema } from '../../../src/shared/app-api';

test('is JSON in a fence, with machine, engine and choices, and without the home folder', async () => {
  const folder = join(homedir(), 'packs', 'broken');
  const text = diagnosis(
    await facts('1.2.3', [{ state: 'damaged', folder, bundled: false, problem: `${folder}/pack.json is gone` }]),
    { kind: 'unusable', trouble: 'missing', reason: 'no library' },
    [{ kind: 'running', pid: 7, startedMs: 1 }],
    settingsSchema.parse({ lane: 'llm' }),
    desktopOf({ XDG_SESSION_TYPE: 'wayland' }),
  );
  const [, json = ''] = /^```json\n(.*)\n```\n$/s.exec(text) ?? [];
  expect(JSON.parse(json)).toMatchObject({
    app: '1.2.3',
    desktop: 'wayland',
    engine: { kind: 'unusable', trouble: 'missing' },
    documentEngines: [{ kind: 'running', pid: 7 }],
    choices: { lane: 'llm', threads: null },
    packs: [{ id: 'broken', problem: '~/packs/broken/pack.json is gone' }],
  });
  expect(text).not.toContain(homedir());
});
