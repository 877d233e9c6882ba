import { listSupportedBackends } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { gpuProviders, gpuProvidersHere, runtimeVersion } from '../../../../src/main/providers/runtime';
import { providerSchema } from '../../../../src/shared/pack';

test('a machine is offered what the runtime itself says it has', () => {
  const known = new Set<string>(providerSchema.options);
  const said = listSupportedBackends().map(({ name }) => name);
  expect(['cpu', ...gpuProviders(process.platform, process.arch, true)].sort()).toEqual(said.filter((name) => known.has(name)).sort());
});

test('CUDA is offered only where its library is', () => {
  expect(gpuProviders('linux', 'x64', false)).toEqual(['webgpu']);
  expect(gpuProviders('linux', 'x64', true)).toEqual(['cuda', 'webgpu']);
  expect(gpuProviders('win32', 'x64', true)).toEqual(['dml', 'webgpu']);
  expect(gpuProviders('darwin', 'arm64', false)).toEqual(['coreml', 'webgpu']);
});

test('systems without a provider have none', () => {
  expect(gpuProviders('linux', 'arm64', true)).toEqual([]);
  expect(gpuProvidersHere()).not.toContain('cpu');
});

test('the version is the one that is installed', () => {
  expect(runtimeVersion()).toMatch(/^\d+\.\d+\.\d+$/);
});
