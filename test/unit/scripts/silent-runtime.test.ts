/** ONNX Runtime reports its use to its maker unless a process is told not to: each that loads it is, wherever one is made. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentRuntime } from '../../../src/main/inference-host';
import { openSession } from '../../../src/main/inference/models/session';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

test('every process that is forked is told', () => {
  expect(silentRuntime()['ORT_DISABLE_TELEMETRY']).toBe('1');
  const forks = sources.flatMap((name) =>
    readFileSync(join('src', name), 'utf8')
      .split('\n')
      .filter((line) => /\bfork\(entry/.test(line)),
  );
  expect(forks).toHaveLength(5);
  for (const line of forks) expect(line).toContain('env: silentRuntime()');
});

test('so is the one that opens a session, whoever started it', async () => {
  const before = process.env['ORT_DISABLE_TELEMETRY'];
  delete process.env['ORT_DISABLE_TELEMETRY'];
  try {
    const place = { folder: 'test/fixtures/packs/tiny', provider: 'cpu', threads: 1 } as const;
    const session = await openSession('encoder', 'encoder.onnx', () => null, place);
    expect(process.env['ORT_DISABLE_TELEMETRY']).toBe('1');
    await session.release();
  } finally {
    if (before !== undefined) process.env['ORT_DISABLE_TELEMETRY'] = before;
  }
});
