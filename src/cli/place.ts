/** Where the command line runs models: as was asked, or as tests on this machine chose. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { EngineConfig } from '../shared/inference/engine';
import type { PackManifest } from '../shared/pack';
import { isOnCpu, ON_CPU, placesOf } from '../shared/processors';
import { openResults, type ProbeResults } from '../main/providers/results';
import { gpuProvidersHere, runtimeVersion } from '../main/providers/runtime';
import type { Place } from './arguments';
import { dataFolder } from './data-folder';
import { CommandFailure } from './pack-folders';

const MOST_THREADS = 2;

/** Throws CommandFailure where the runtime has no such provider on this system: said before any work. */
export function checkPlace({ provider }: Place): void {
  const providers = ['automatic', 'cpu', ...gpuProvidersHere()];
  if (providers.includes(provider)) return;
  throw new CommandFailure(
    `--provider ${provider}: the runtime has none on ${process.platform} ${process.arch}; expected ${providers.join(', ')}.`,
  );
}

export async function engineConfigOf(
  { manifest, folder }: { manifest: PackManifest; folder: string },
  { provider, threads }: Place,
  tell: (line: string) => void,
): Promise<EngineConfig> {
  const places = provider === 'automatic' ? placesOf((await openProbeResults(tell)).of(manifest)) : ON_CPU;
  return {
    packs: [{ packId: manifest.id, folder, ...(!isOnCpu(places) && { places }) }],
    provider: provider === 'automatic' ? 'cpu' : provider,
    ...threadsOf(threads),
  };
}

export const threadsOf = (threads: number | null) => ({
  encoderThreads: threads ?? Math.min(MOST_THREADS, availableParallelism()),
  decoderThreads: 1,
});

/** What `packs probe` found; TANDEM_DATA may name the app's folder. */
export const openProbeResults = (tell: (line: string) => void): Promise<ProbeResults> =>
  openResults(join(dataFolder(process.env), 'processors.json'), runtimeVersion(), (why) =>
    tell(`What "packs probe" found cannot be read, and is begun anew: ${why}`),
  );
