import { expect, test } from 'vitest';
import { importProblem } from '../../../scripts/eslint/process-boundaries.js';

test.each([
  ['src/renderer/App.tsx', '../shared/app-api'],
  ['src/renderer/App.tsx', 'react'],
  ['src/shared/pack.ts', 'zod'],
  ['src/preload/index.ts', 'electron'],
  ['src/main/window.ts', 'node:path'],
  ['src/main/packs/catalog.ts', '../../shared/pack'],
  ['src/main/inference/generate.ts', './models/lanes'],
  ['src/main/inference/models/session.ts', 'onnxruntime-node'],
  ['src/main/inference/decode/beam.ts', '../../../shared/inference'],
  ['src/cli/index.ts', '../main/inference/engine'],
  ['bench/window.ts', 'node:net'],
])('%s may import %s', (path, source) => {
  expect(importProblem(path, source)).toBeNull();
});

test.each([
  ['src/renderer/App.tsx', 'node:fs'],
  ['src/renderer/App.tsx', 'fs'],
  ['src/renderer/App.tsx', 'electron'],
  ['src/renderer/features/a/b.ts', '../../../main/paths'],
  ['src/shared/pack.ts', 'react'],
  ['src/shared/pack.ts', '../main/paths'],
  ['src/preload/index.ts', 'zod'],
  ['src/main/window.ts', './inference/engine'],
  ['src/main/window.ts', '../renderer/App'],
  ['src/main/window.ts', 'onnxruntime-node'],
  ['src/main/window.ts', 'node:https'],
  ['src/main/inference/generate.ts', 'electron'],
  ['src/main/inference/generate.ts', '../paths'],
  ['src/main/inference/generate.ts', 'undici'],
  ['src/main/inference/decode/beam.ts', 'onnxruntime-node'],
  ['src/main/inference/decode/beam.ts', 'node:perf_hooks'],
  ['src/cli/index.ts', '../main/window'],
  ['src/cli/index.ts', 'node:net'],
])('%s may not import %s', (path, source) => {
  expect(importProblem(path, source)).not.toBeNull();
});

test.each(['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises', 'inspector', 'undici', 'ws', 'electron-updater'])(
  'neither main nor the inference process may import %s',
  (name) => {
    expect(importProblem('src/main/window.ts', name)).not.toBeNull();
    expect(importProblem('src/main/inference/generate.ts', name)).not.toBeNull();
  },
);
