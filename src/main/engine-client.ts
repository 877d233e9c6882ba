/** The one client that document jobs have of an engine: made anew for each process that the engine runs in. */
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineState } from '../shared/app-api';
import { InferenceClient, type Port } from '../shared/inference-client';
import type { Connect } from './documents/engines';
import type { InferenceHost } from './inference-host';
import { reason } from './reasons';

const LOOK_AGAIN_MS = 20;

export function clientOf(engine: Pick<InferenceHost<Port>, 'state' | 'connect'>): Connect {
  let client: InferenceClient | null = null;
  /** The state of the process that was connected to last: a port may close before its process is known to have died. */
  let connectedIn: EngineState | null = null;
  return async (signal) => {
    while (client === null) {
      const state = engine.state();
      if (state.kind === 'stopped' || state.kind === 'unusable') {
        throw new Error(reason`The translation engine has stopped (${state.reason}). Restart it, and resume: what is translated is kept.`);
      }
      if (state.kind === 'running' && state !== connectedIn) {
        connectedIn = state;
        const port = engine.connect();
        client = new InferenceClient(port);
        port.onClose(() => (client = null));
      } else {
        await delay(LOOK_AGAIN_MS, undefined, { signal });
      }
    }
    return client;
  };
}
