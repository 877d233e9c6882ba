/**
 * The app's inference processes: one serves typing, those of documents come and go with their jobs. All get their configuration here, so that
 * open packs share one budget whatever process they are in.
 */
import type { MessagePortMain } from 'electron';
import { availableParallelism, totalmem } from 'node:os';
import type { EngineState, PackEntry, Settings } from '../shared/app-api';
import type { EngineConfig } from '../shared/inference/engine';
import type { PackManifest } from '../shared/pack';
import type { Places } from '../shared/processors';
import { EnginePool } from './documents/engine-pool';
import { roomHere } from './documents/process-count';
import { electronEngine, mainPort } from './electron-engine';
import { clientOf } from './engine-client';
import { documentPlan, engineConfig, withLessMemory } from './engine-config';
import { startInferenceHost, type InferenceHost } from './inference-host';
import type { Log } from './log';

/** After a job; the next one of a folder comes at once, and a person may soon add another. */
const LINGER_MS = 5_000;

export interface EngineSurroundings {
  packs(): PackEntry[];
  settings(): Settings;
  /** What tests on this machine chose for a pack. */
  placesOf(manifest: PackManifest): Places;
  /** Of the process that serves typing. */
  onState(state: EngineState): void;
  /** A process died that worked where tests had chosen. */
  onDeath(): void;
  readonly log: Log;
}

export interface AppEngines {
  readonly typing: InferenceHost<MessagePortMain>;
  readonly documents: EnginePool;
  config(): EngineConfig;
  /** Packs or settings have changed. */
  configure(): void;
  stop(): void;
}

/** `entry`: of the inference process. */
export function startAppEngines(entry: string, { packs, settings, placesOf, onState, onDeath, log }: EngineSurroundings): AppEngines {
  const config = () => engineConfig(packs(), settings(), availableParallelism(), totalmem(), placesOf);
  const typingConfig = () => withLessMemory(config(), documents.packBytes);
  const documents = new EnginePool({
    plan: (packId) => documentPlan(packId, config(), packs(), settings().documentCores, roomHere()),
    start: (own) => {
      const isPlaced = own.packs.some(({ places }) => places !== undefined);
      const engine = electronEngine(entry, { name: 'Tandem documents', isBackground: true }, log);
      const onOwnState = (state: EngineState) => {
        if (isPlaced && hasDied(state)) onDeath();
      };
      const host = startInferenceHost(engine, own, onOwnState, { info: (line) => log.info(`documents: ${line}`) });
      return { ...host, connect: () => mainPort(host.connect()) };
    },
    shared: (signal) => typingClient(signal),
    lingerMs: LINGER_MS,
    onPackBytes: () => typing.configure(typingConfig()),
  });
  const typing = startInferenceHost(
    electronEngine(entry, { name: 'Tandem inference', isBackground: false }, log),
    typingConfig(),
    (state) => {
      onState(state);
      if (hasDied(state)) onDeath();
    },
    log,
  );
  const typingClient = clientOf({ state: typing.state, connect: () => mainPort(typing.connect()) });
  return {
    typing,
    documents,
    config,
    configure: () => {
      typing.configure(typingConfig());
      documents.configure();
    },
    stop: () => {
      documents.stop();
      typing.stop();
    },
  };
}

const hasDied = ({ kind }: EngineState): boolean => kind === 'restarting' || kind === 'stopped';
