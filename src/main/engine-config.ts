/** What the inference process is told: the usable packs, and the settings that concern it. */
import type { PackEntry, Settings } from '../shared/app-api';
import type { EngineConfig } from '../shared/inference';

/** Measured: a decoder step is too small to share, and an encoder gains little beyond a few threads. */
const DECODER_THREADS = 1;
const MOST_ENCODER_THREADS = 4;

/** `cores`: what the system lets this app use. */
export function engineConfig(packs: PackEntry[], settings: Settings, cores: number): EngineConfig {
  return {
    packs: packs.flatMap((pack) => (pack.state === 'ok' ? [{ packId: pack.manifest.id, folder: pack.folder }] : [])),
    provider: settings.provider,
    encoderThreads: settings.threads ?? Math.max(Math.min(2, cores), Math.min(MOST_ENCODER_THREADS, Math.floor(cores / 2))),
    decoderThreads: DECODER_THREADS,
  };
}
