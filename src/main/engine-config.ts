/** What the inference process is told: the usable packs, and the settings that concern it. */
import type { PackEntry, Settings } from '../shared/app-api';
import type { EngineConfig } from '../shared/inference';
import type { PackManifest } from '../shared/pack';
import { isOnCpu, ON_CPU, type Places } from '../shared/processors';

/** Measured: a decoder step is too small to share, and an encoder gains little beyond a few threads. */
const DECODER_THREADS = 1;
const MOST_ENCODER_THREADS = 4;
/** Of the machine's memory, for open packs; never less than a small machine's. */
const MEMORY_SHARE = 1 / 4;
const LEAST_MEMORY_BYTES = 512_000_000;
/** Opening a pack again takes less than a second for the bundled ones. */
const IDLE_MS = 10 * 60_000;

/** `cores`: what the system lets this app use; `machineBytes`: its memory. `placesOf`: what tests on this machine chose for a pack. */
export function engineConfig(
  packs: PackEntry[],
  settings: Settings,
  cores: number,
  machineBytes: number,
  placesOf: (manifest: PackManifest) => Places,
): EngineConfig {
  const chosen = (manifest: PackManifest) => (settings.processor === 'automatic' ? placesOf(manifest) : ON_CPU);
  return {
    packs: packs.flatMap((pack) => {
      if (pack.state !== 'ok') return [];
      const places = chosen(pack.manifest);
      return [{ packId: pack.manifest.id, folder: pack.folder, ...(!isOnCpu(places) && { places }) }];
    }),
    provider: 'cpu',
    encoderThreads: settings.threads ?? Math.max(Math.min(2, cores), Math.min(MOST_ENCODER_THREADS, Math.floor(cores / 2))),
    decoderThreads: DECODER_THREADS,
    memory: {
      budgetBytes: settings.packMemoryBytes ?? Math.max(LEAST_MEMORY_BYTES, Math.floor(machineBytes * MEMORY_SHARE)),
      idleMs: IDLE_MS,
    },
  };
}
