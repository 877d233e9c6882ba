/** The engine in a process of its own, as in the app: the client's work does not share its thread. Its host is forked-engine.ts. */
import { z } from 'zod';
import { Engine } from '../src/main/inference/engine';
import { serve } from '../src/main/inference/serve';
import { engineConfigSchema } from '../src/shared/inference';

const hostMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('config'), config: engineConfigSchema }),
  z.strictObject({ kind: z.literal('port'), message: z.unknown() }),
  /** Answered with `{ kind: 'usage', cpuMs, residentBytes }`. */
  z.strictObject({ kind: z.literal('usage') }),
]);

const engine = new Engine();
let toServe: (message: unknown) => void = () => {};
serve(
  {
    post: (message) => process.send?.(message),
    onMessage: (listener) => void (toServe = listener),
    onClose: (listener) => process.once('disconnect', listener),
    close: () => process.disconnect(),
  },
  engine,
);
process.on('message', (data) => {
  const message = hostMessageSchema.parse(data);
  switch (message.kind) {
    case 'port':
      return toServe(message.message);
    case 'config':
      return void engine.configure(message.config);
    case 'usage': {
      const { user, system } = process.cpuUsage();
      return void process.send?.({ kind: 'usage', cpuMs: (user + system) / 1000, residentBytes: process.memoryUsage.rss() });
    }
    default:
      return message satisfies never;
  }
});
