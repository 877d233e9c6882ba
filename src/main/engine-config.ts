/** What the inference process is told: the usable packs, and the settings that concern it. */
import type { PackEntry, Settings } from '../shared/app-api';
import type { EngineConfig } from '../shared/inference';
import type { PackManifest } from '../shared/pack';
import { isOnCpu, ON_CPU, type Places } from '../shared/processors';

/** Measured: a decoder step is too small to share, and an encoder gains little beyond a few threads. */
const DECODER_THREADS = 1;
const MOST_ENCODER_THREADS = 4;

/** `cores`: what the system lets this app use. `placesOf`: what tests on this machine chose for a pack. */
export function engineConfig(
  packs: PackEntry[],
  settings: Settings,
  cores: number,
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
  };
}
