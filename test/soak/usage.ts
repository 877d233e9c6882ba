/** What the app takes, measured after its rubbish was collected: memory, open files, nodes of the page. */
import { openFiles, residentMegabytes } from './machine';
import { type MemorySample } from './memory';
import { replaceText, show, type World } from './world';

export const MEASURES = ['main, resident', 'main, heap', 'window, resident', 'window, heap', 'inference, resident'] as const;
export type Measure = (typeof MEASURES)[number];

export interface Usage {
  readonly samples: Partial<Record<Measure, MemorySample>>;
  readonly openFiles: number;
  /** Of the page, also those that are no longer shown. */
  readonly nodes: number;
}

/** On the same screen each time, with nothing on it, so that what is drawn does not count. */
export async function measureUsage(world: World, minutes: number): Promise<Usage> {
  await show(world, 'translate');
  await replaceText(world, 'translate', '');
  const { electron, page } = world.app;
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  await session.detach();
  const main = await electron.evaluate(({ app, BrowserWindow }) => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    (process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void)();
    return {
      pid: process.pid,
      heapBytes: process.memoryUsage().heapUsed,
      windowPid: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
      enginePid: app.getAppMetrics().find(({ name }) => name === 'Tandem inference')?.pid ?? 0,
    };
  });
  const sample = (pid: number, megabytes: number | null) => (megabytes === null || pid === 0 ? undefined : { minutes, pid, megabytes });
  const resident = async (pid: number) => sample(pid, await residentMegabytes(pid));
  const samples: Record<Measure, MemorySample | undefined> = {
    'main, resident': await resident(main.pid),
    'main, heap': sample(main.pid, main.heapBytes / 1e6),
    'window, resident': await resident(main.windowPid),
    'window, heap': sample(main.windowPid, usedSize / 1e6),
    'inference, resident': await resident(main.enginePid),
  };
  return {
    samples: Object.fromEntries(Object.entries(samples).filter(([, found]) => found !== undefined)),
    // Electron itself keeps one /dev/null open for each process that it ever forked (measured with 33.2.1).
    openFiles: (await openFiles(main.pid)).filter((path) => path !== '/dev/null').length,
    nodes,
  };
}
