/** What the app takes, measured after its rubbish was collected: memory, open files, nodes of the page. */
import { type Page } from '@playwright/test';
import { openFiles, residentMegabytes } from './machine';
import { type MemorySample } from './memory';
import { replaceText, show, type World } from './world';

export const MEASURES = [
  'main, resident',
  'main, heap',
  'window, resident',
  'window, heap',
  'window, to undo',
  'inference, resident',
] as const;
export type Measure = (typeof MEASURES)[number];

export interface Usage {
  readonly samples: Partial<Record<Measure, MemorySample>>;
  readonly openFiles: number;
  /** Of the page, also those that are no longer shown. */
  readonly nodes: number;
  /** That were kept for what can be undone. */
  readonly nodesToUndo: number;
}

/** On the same screen each time, with nothing on it, so that what is drawn does not count, nor what can be undone. */
export async function measureUsage(world: World, minutes: number): Promise<Usage> {
  await show(world, 'translate');
  await replaceText(world, 'translate', '');
  const { page } = world.app;
  const main = await measureMain(world);
  const sample = (pid: number, megabytes: number | null) => (megabytes === null || pid === 0 ? undefined : { minutes, pid, megabytes });
  const resident = async (pid: number) => sample(pid, await residentMegabytes(pid));
  const before = { ...(await measurePage(page)), resident: await resident(main.windowPid) };
  await forgetWhatCanBeUndone(page);
  const after = { ...(await measurePage(page)), resident: await resident(main.windowPid) };
  const samples: Record<Measure, MemorySample | undefined> = {
    'main, resident': await resident(main.pid),
    'main, heap': sample(main.pid, main.heapBytes / 1e6),
    'window, resident': after.resident,
    'window, heap': sample(main.windowPid, after.heapBytes / 1e6),
    'window, to undo': before.resident && after.resident && sample(main.windowPid, before.resident.megabytes - after.resident.megabytes),
    'inference, resident': await resident(main.enginePid),
  };
  return {
    samples: Object.fromEntries(Object.entries(samples).filter(([, found]) => found !== undefined)),
    // Electron itself keeps one /dev/null open for each process that it ever forked (measured with 33.2.1).
    openFiles: (await openFiles(main.pid)).filter((path) => path !== '/dev/null').length,
    nodes: after.nodes,
    nodesToUndo: before.nodes - after.nodes,
  };
}

async function measureMain({ app: { electron } }: World) {
  return electron.evaluate(({ app, BrowserWindow }) => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    (process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void)();
    return {
      pid: process.pid,
      heapBytes: process.memoryUsage().heapUsed,
      windowPid: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
      enginePid: app.getAppMetrics().find(({ name }) => name === 'Tandem inference')?.pid ?? 0,
    };
  });
}

async function measurePage(page: Page): Promise<{ heapBytes: number; nodes: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  // Nodes and what holds them have a heap each.
  for (let heaps = 0; heaps < 2; heaps++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { heapBytes: usedSize, nodes };
}

/**
 * Chromium keeps the last thousand steps of typing and pasting so that they can be undone, each with the nodes that it made or replaced: two for every
 * line of a text. An element that leaves the page takes its own along.
 */
async function forgetWhatCanBeUndone(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const field of document.querySelectorAll('textarea, input[type=search]')) {
      const place = document.createComment('');
      field.replaceWith(place);
      place.replaceWith(field);
    }
  });
}
