/** The Packs screen. The tiny pack of the tests comes and goes; the bundled ones stay. */
import { join } from 'node:path';
import { FIXTURE_PACKS } from '../../e2e/app';
import { type Action } from '../action';
import { answerDialogs, ANSWER_MS, eventually, pause, press, show, type World } from '../world';

export const TINY = 'tiny';

const panel = ({ app }: World) => app.page.getByRole('main', { name: 'Packs' });
const cards = (world: World) => panel(world).getByRole('article');
/** An imported one is the only one that can be removed. */
const importedCard = (world: World) => cards(world).filter({ has: world.app.page.getByRole('button', { name: 'Remove', exact: true }) });

export function packIds({ app }: World): Promise<string[]> {
  return app.page.evaluate(() =>
    window.app.call('listPacks', {}).then((packs) => packs.flatMap((pack) => (pack.state === 'ok' ? [pack.manifest.id] : []))),
  );
}

export async function importTiny(world: World): Promise<void> {
  await show(world, 'packs');
  await world.app.page.evaluate(() => window.app.call('dismissPackImport', {}));
  await answerDialogs(world, { open: [join(FIXTURE_PACKS, TINY)] });
  if (!(await press(panel(world).getByRole('button', { name: 'Import folder…' })))) return;
  await eventually('the import ends, well or with a reason', async () => {
    const state = await world.app.page.evaluate(() => window.app.call('getPackLibrary', {}));
    return state.import.kind === 'imported' || state.import.kind === 'refused';
  });
}

async function remove(world: World): Promise<void> {
  await show(world, 'packs');
  if (!(await press(importedCard(world).getByRole('button', { name: 'Remove', exact: true })))) return;
  await press(panel(world).getByRole('button', { name: 'Remove it' }));
  await eventually('the pack is gone', async () => !(await packIds(world)).includes(TINY), ANSWER_MS);
}

/** Begins, and is called off after a while that may be too short or too long for it. */
async function beginAndCallOff(world: World, begin: string, callOff: string): Promise<void> {
  await show(world, 'packs');
  if (!(await press(panel(world).getByRole('button', { name: begin })))) return;
  await pause(world.random.below(2_500));
  await press(panel(world).getByRole('button', { name: callOff, exact: true }));
}

export const PACKS: readonly Action[] = [
  {
    name: 'call an import off',
    weight: 1,
    run: async (world) => {
      await answerDialogs(world, { open: [join(FIXTURE_PACKS, TINY)] });
      await beginAndCallOff(world, 'Import folder…', 'Cancel');
      await eventually('the import has ended', async () => {
        const state = await world.app.page.evaluate(() => window.app.call('getPackLibrary', {}));
        return state.import.kind !== 'running';
      });
    },
  },
  { name: 'measure a pack and stop', weight: 1, run: (world) => beginAndCallOff(world, 'Measure speed', 'Stop') },
  {
    name: 'import a pack',
    weight: 2,
    possible: async (world) => world.disturbance === null && !(await packIds(world)).includes(TINY),
    run: importTiny,
  },
  { name: 'import a pack that is there', weight: 1, possible: async (world) => (await packIds(world)).includes(TINY), run: importTiny },
  {
    name: 'remove a pack',
    weight: 1,
    possible: async (world) => world.disturbance === null && (await packIds(world)).includes(TINY),
    run: remove,
  },
  {
    name: 'use another pack',
    weight: 2,
    run: async (world) => {
      await show(world, 'packs');
      await press(panel(world).getByRole('button', { name: 'Use', exact: true }));
    },
  },
  {
    name: 'check a pack',
    weight: 1,
    run: async (world) => {
      await show(world, 'packs');
      const buttons = await panel(world).getByRole('button', { name: 'Check again' }).all();
      if (buttons.length > 0) await press(world.random.pick(buttons));
    },
  },
  {
    name: 'look for packs again',
    weight: 2,
    run: async (world) => {
      await show(world, 'packs');
      await press(panel(world).getByRole('button', { name: 'Look again' }));
    },
  },
];
