/** Main's own client of the inference process, for document jobs: a port as any window's. */
import type { MessagePortMain } from 'electron';
import { setTimeout as delay } from 'node:timers/promises';
import { InferenceClient, type Port } from '../shared/inference-client';
import type { InferenceHost } from './inference-host';
import { reason } from './reasons';

const LOOK_AGAIN_MS = 100;

/** Waits while the process is being started again; throws when nothing will start it. */
export async function connectClient(inference: Pick<InferenceHost, 'state' | 'connect'>): Promise<InferenceClient> {
  for (;;) {
    const state = inference.state();
    if (state.kind === 'running') return new InferenceClient(mainPort(inference.connect()));
    if (state.kind === 'stopped' || state.kind === 'unusable') {
      throw new Error(reason`The translation engine has stopped (${state.reason}). Restart it, and resume: what is translated is kept.`);
    }
    await delay(LOOK_AGAIN_MS);
  }
}

function mainPort(port: MessagePortMain): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.once('close', listener),
    close: () => port.close(),
  };
}
