/**
 * Speaks to the inference process from the page, by the contract alone and beside the panel: for specs about the process, not the window.
 * The panel gets the same port and ignores answers to requests it did not make.
 */
import type { Page } from '@playwright/test';
import { INFERENCE_PORT_MESSAGE } from '../../src/shared/channels';

export interface EngineRun {
  deltas: number;
  /** How the request ended: `done`, `failed`, or `closed` when the port closed first. */
  end: string;
}

interface SpecPort {
  run(text: string, lane: string): Promise<EngineRun>;
  /** Cancels the request that runs; `run` resolves when it has ended. */
  cancel(): void;
  deltas: number;
}
declare global {
  interface Window {
    specPort: SpecPort;
  }
}

/** Opens a port of the spec's own in the page; afterwards `window.specPort` runs requests on it. */
export async function openEnginePort(page: Page, packId = 'tiny'): Promise<void> {
  await page.waitForLoadState();
  await page.evaluate(
    async ({ portMessage, packId: pack }) => {
      const ports: MessagePort[] = [];
      window.addEventListener('message', (event) => {
        if (event.data === portMessage && event.ports[0] !== undefined) ports.push(event.ports[0]);
      });
      await window.app.call('connectInference', {});
      // The panel may have asked just before; of several ports the panel closes all but the last.
      await new Promise((resolve) => setTimeout(resolve, 200));
      const port = ports.at(-1);
      if (port === undefined) throw new Error('no port came');
      let nextId = 1_000_000;
      const spec: SpecPort = {
        deltas: 0,
        cancel: () => port.postMessage({ kind: 'cancel', id: nextId - 1 }),
        run: (text, lane) =>
          new Promise((resolve) => {
            const id = nextId++;
            spec.deltas = 0;
            const end = (how: string) => resolve({ deltas: spec.deltas, end: how });
            port.addEventListener('message', ({ data }: MessageEvent<{ id?: number; kind: string }>) => {
              if (data.id !== id) return;
              if (data.kind === 'delta') spec.deltas++;
              if (data.kind === 'done' || data.kind === 'failed') end(data.kind);
            });
            port.addEventListener('close', () => end('closed'));
            port.start();
            const task = { kind: 'translate', from: 'en', to: 'de' };
            const decoding = { kind: 'greedy' };
            port.postMessage({ kind: 'generate', id, packId: pack, task, lane, decoding, priority: 'interactive', text });
          }),
      };
      window.specPort = spec;
    },
    { portMessage: INFERENCE_PORT_MESSAGE, packId },
  );
}
