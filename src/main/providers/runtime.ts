/** What the installed ONNX Runtime is and where it can run sessions. Looks at its files only: main never loads it. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Provider } from '../../shared/pack';

const PACKAGE = 'onnxruntime-node/package.json';

/** Of the runtime's binaries as they are published, besides the CPU; by `platform arch`. A test holds it against what the runtime says. */
const GPU_PROVIDERS: Readonly<Record<string, readonly Provider[]>> = {
  'win32 x64': ['dml', 'webgpu'],
  'win32 arm64': ['dml', 'webgpu'],
  'darwin arm64': ['coreml', 'webgpu'],
  'linux x64': ['cuda', 'webgpu'],
};

/** CUDA's part of the runtime is a library of its own, which the app does not bring. */
const CUDA_LIBRARY = join('bin', 'napi-v6', 'linux', 'x64', 'libonnxruntime_providers_cuda.so');

export function runtimeVersion(): string {
  const file: unknown = createRequire(import.meta.url)(PACKAGE);
  return z.looseObject({ version: z.string() }).parse(file).version;
}

/** Providers besides the CPU that can exist on such a machine, best guess first. Whether they work is for a probe to find out. */
export function gpuProviders(platform: string, arch: string, hasCuda: boolean): readonly Provider[] {
  return (GPU_PROVIDERS[`${platform} ${arch}`] ?? []).filter((provider) => provider !== 'cuda' || hasCuda);
}

/** `gpuProviders` of this machine. */
export function gpuProvidersHere(): readonly Provider[] {
  const runtimeFolder = dirname(createRequire(import.meta.url).resolve(PACKAGE));
  return gpuProviders(process.platform, process.arch, existsSync(join(runtimeFolder, CUDA_LIBRARY)));
}
