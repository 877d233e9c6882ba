/** An engine in a process of its own, as in the app: the client's work does not share its thread. */
import { forkEngine as forkProcess, type Usage } from '../src/cli/forked-engine';
import type { EngineConfig } from '../src/shared/inference/engine';
import { InferenceClient } from '../src/shared/inference-client';

export interface ForkedEngine {
  readonly client: InferenceClient;
  /** Takes effect before any request sent later; all encodings are forgotten. */
  configure(config: EngineConfig): void;
  usage(): Promise<Usage>;
  close(): void;
}

export function forkEngine(config: EngineConfig): ForkedEngine {
  const engine = forkProcess({ onSpawn: () => {}, onUnusable: () => {}, onExit: () => {} });
  engine.configure(config);
  const client = new InferenceClient(engine.connect());
  return {
    client,
    configure: engine.configure,
    usage: engine.usage,
    close: () => {
      client.close();
      engine.kill();
    },
  };
}
