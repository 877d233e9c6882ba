/** One client's port: parses what comes in, answers with events. Knows messages and requests' ids, nothing of models. */
import { z } from 'zod';
import type { InferenceEvent } from '../../shared/inference/events';
import { inferenceRequestSchema } from '../../shared/inference/requests';
import type { Port } from '../../shared/inference-client';
import type { Engine, WorkRequest } from './engine';

/** Serves until the port closes; then cancels what its client had asked for. */
export function serve(port: Port, engine: Engine): void {
  const running = new Map<number, AbortController>();
  let isOpen = true;
  const post = (event: InferenceEvent) => {
    if (isOpen) port.post(event);
  };
  const stopStatus = engine.onStatus((status) => post({ kind: 'status', status }));

  const start = (request: WorkRequest) => {
    const { id } = request;
    if (running.has(id)) {
      refuse(id, `Request ${id} is already running; expected a new id.`);
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    engine.run(request, controller.signal, post, () => running.delete(id));
  };
  const refuse = (id: number, message: string) => post({ kind: 'failed', id, error: { code: 'bad-request', message } });

  port.onMessage((message) => {
    const parsed = inferenceRequestSchema.safeParse(message);
    if (!parsed.success) {
      const id = idOf(message);
      if (id !== null) refuse(id, `The request was not understood: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`);
      return;
    }
    const request = parsed.data;
    switch (request.kind) {
      case 'generate':
      case 'segments':
      case 'summarize':
      case 'continue':
      case 'versions':
      case 'candidates':
      case 'opinion':
        return start(request);
      case 'cancel':
        return running.get(request.id)?.abort();
      case 'warm':
        return void engine.warm(request.packId);
      case 'status':
        return post({ kind: 'status', status: engine.status() });
      default:
        return request satisfies never;
    }
  });

  port.onClose(() => {
    isOpen = false;
    stopStatus();
    for (const controller of running.values()) controller.abort();
  });
}

/** The id of a message that is otherwise not a request. */
function idOf(message: unknown): number | null {
  const parsed = z.looseObject({ id: z.number().int().nonnegative() }).safeParse(message);
  return parsed.success ? parsed.data.id : null;
}
