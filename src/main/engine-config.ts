/** What inference processes are told: the usable packs, and the settings that concern them. Pure. */
import type { PackEntry, Settings } from '../shared/app-api';
import type { EngineConfig } from '../shared/inference/engine';
import type { PackManifest } from '../shared/pack';
import { isOnCpu, ON_CPU, type Places } from '../shared/processors';
import type { EnginePlan } from './documents/engine-pool';
import { openPackBytes, processCount, type Room } from './documents/process-count';

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

/** The same, when others have taken so much of what packs may take. */
export function withLessMemory({ memory, ...config }: EngineConfig, takenBytes: number): EngineConfig {
  return { ...config, ...(memory && { memory: { ...memory, budgetBytes: Math.max(0, memory.budgetBytes - takenBytes) } }) };
}

/**
 * How documents are translated with a pack: `all` is what the engine of typing is told, which may have the pack open as well. A graphics unit
 * gains nothing from a second process.
 */
export function documentPlan(
  packId: string,
  all: EngineConfig,
  packs: readonly PackEntry[],
  chosenCores: number | null,
  room: Room,
): EnginePlan {
  const configured = all.packs.find((pack) => pack.packId === packId);
  const entry = packs.find((pack) => pack.state === 'ok' && pack.manifest.id === packId);
  // The engine that is asked for it says so.
  if (!configured || entry?.state !== 'ok') return { processes: 0, config: all, packBytes: 0 };
  const packBytes = openPackBytes(entry.bytes);
  const budgetBytes = (all.memory?.budgetBytes ?? Infinity) - packBytes;
  return {
    processes: processCount(configured.places === undefined ? chosenCores : 1, room, packBytes, budgetBytes),
    // A process has this pack alone, and is itself what ends when it rests.
    config: { ...all, packs: [configured], encoderThreads: 1, memory: undefined },
    packBytes,
  };
}
