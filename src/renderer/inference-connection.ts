/**
 * Keeps the window connected to the inference process: asks main for a port, wraps it in a client, and asks again when the process
 * is back. Knows ports and engine states; knows no request.
 */
import { INFERENCE_PORT_MESSAGE, type AppApi, type EngineState } from '../shared/app-api';
import type { EngineStatus } from '../shared/inference/engine';
import { InferenceClient, type Port } from '../shared/inference-client';

/** Main answers a lost port with a new process within milliseconds; this keeps a failing one from being asked in a loop. */
const RECONNECT_MS = 250;

export interface InferenceConnection {
  /** Null while the engine is away. */
  client(): InferenceClient | null;
  close(): void;
}

export interface ConnectionListeners {
  onStatus(status: EngineStatus): void;
  onConnected(client: InferenceClient): void;
  onLost(): void;
}

/** What of the window is needed. */
type MessageTarget = Pick<Window, 'addEventListener' | 'removeEventListener'>;

export function connectInference(
  page: MessageTarget,
  app: Pick<AppApi, 'call' | 'on'>,
  listeners: ConnectionListeners,
): InferenceConnection {
  let client: InferenceClient | null = null;
  let asked = false;
  let closed = false;
  let engine: EngineState['kind'] = 'starting';

  function ask() {
    if (asked || client !== null || closed) return;
    asked = true;
    app.call('connectInference', {}).catch(() => {
      // The engine is not there yet; its next `running` asks again.
      asked = false;
    });
  }

  function lose(lost: InferenceClient | null) {
    if (lost === null || client !== lost) return;
    client = null;
    lost.close();
    listeners.onLost();
    setTimeout(() => engine === 'running' && ask(), RECONNECT_MS);
  }

  function receivePort(event: MessageEvent) {
    const port = event.ports[0];
    if (event.data !== INFERENCE_PORT_MESSAGE || port === undefined) return;
    asked = false;
    lose(client);
    const opened: InferenceClient = new InferenceClient(
      domPort(port, () => lose(opened)),
      listeners.onStatus,
    );
    client = opened;
    opened.requestStatus();
    listeners.onConnected(opened);
  }

  page.addEventListener('message', receivePort);
  const stopListening = app.on('engineState', (state) => {
    engine = state.kind;
    if (state.kind === 'running') {
      ask();
    } else if (state.kind !== 'starting') {
      asked = false;
      lose(client);
    }
  });
  ask();

  return {
    client: () => client,
    close: () => {
      closed = true;
      stopListening();
      page.removeEventListener('message', receivePort);
      lose(client);
    },
  };
}

/** `close` fires on a DOM port when the other end is gone (Chrome 122 and later). */
function domPort(port: MessagePort, onGone: () => void): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.onmessage = (event) => listener(event.data);
    },
    onClose: (listener) =>
      port.addEventListener(
        'close',
        () => {
          listener();
          onGone();
        },
        { once: true },
      ),
    close: () => port.close(),
  };
}
