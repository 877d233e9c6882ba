import { expect, test, type RunningApp } from './app';
import { openEnginePort } from './engine-port';

/** Long enough that no machine is through with it before the process is killed. */
const LONG_TEXT = 'Good morning. The train is late. '.repeat(2_000);

/** Its process id, once it is there and another than the one that is gone. */
async function engine(app: RunningApp, gone?: number): Promise<number> {
  const pids: number[] = [];
  await expect(async () => {
    const pid = await app.enginePid();
    expect(pid).not.toBeNull();
    expect(pid).not.toBe(gone);
    pids.push(pid ?? 0);
  }).toPass();
  return pids[0] ?? 0;
}

/** Collects the engine's states in the page from now on. */
async function recordStates(app: RunningApp): Promise<() => Promise<string[]>> {
  const states = await app.page.evaluateHandle(() => {
    const kinds: string[] = [];
    window.app.on('engineState', (state) => kinds.push(state.kind));
    return kinds;
  });
  return () => states.jsonValue();
}

test('killed mid-stream: the request ends, the process comes back and works', async ({ app }) => {
  const first = await engine(app);
  await openEnginePort(app.page);
  expect(await app.page.evaluate(() => window.specPort.run('Good morning.', 'hybrid'))).toMatchObject({ end: 'done' });

  const states = await recordStates(app);
  const run = app.page.evaluate((text) => window.specPort.run(text, 'llm'), LONG_TEXT);
  await app.page.waitForFunction(() => window.specPort.deltas > 3);
  const killedMs = performance.now();
  process.kill(first, 'SIGKILL');
  expect(await run).toMatchObject({ end: 'closed' });
  expect(performance.now() - killedMs).toBeLessThan(1_000);

  await expect.poll(states).toEqual(expect.arrayContaining(['restarting', 'starting', 'running']));
  expect(performance.now() - killedMs).toBeLessThan(3_000);
  await engine(app, first);
  await openEnginePort(app.page);
  expect(await app.page.evaluate(() => window.specPort.run('Good morning.', 'hybrid'))).toMatchObject({ end: 'done' });
});

test('a process that keeps dying is left alone until it is asked for', async ({ app }) => {
  test.slow();
  const states = await recordStates(app);
  let pid: number | undefined;
  for (let crash = 1; crash <= 5; crash++) {
    pid = await engine(app, pid);
    process.kill(pid, 'SIGKILL');
  }
  await expect.poll(async () => (await states()).at(-1)).toBe('stopped');
  await app.screenshot('engine-stopped');
  await expect(app.page.evaluate(() => window.app.call('connectInference', {}))).rejects.toThrow('The translation engine is not running');

  await app.page.evaluate(() => window.app.call('restartInference', {}));
  await expect.poll(async () => (await states()).at(-1)).toBe('running');
  await openEnginePort(app.page);
  expect(await app.page.evaluate(() => window.specPort.run('Good morning.', 'llm'))).toMatchObject({ end: 'done' });
});

test('a restart asked for is no crash', async ({ app }) => {
  const first = await engine(app);
  const states = await recordStates(app);
  await app.page.evaluate(() => window.app.call('restartInference', {}));
  await expect.poll(async () => (await states()).at(-1)).toBe('running');
  expect(await states()).not.toContain('restarting');
  await engine(app, first);
});
