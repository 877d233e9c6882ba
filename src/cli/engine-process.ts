/** Entry of an engine's process under Node: what the inference process is in the app. It serves one client, over its own channel. */
import { z } from 'zod';
import { Engine } from '../main/inference/engine';
import { serve } from '../main/inference/serve';
import { engineConfigSchema } from '../shared/inference/engine';

const hostMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('config'), config: engineConfigSchema }),
  z.strictObject({ kind: z.literal('port'), message: z.unknown() }),
  /** Answered with `{ kind: 'usage', cpuMs, residentBytes, peakBytes }`. */
  z.strictObject({ kind: z.literal('usage') }),
]);

const engine = new Engine();
let toServe: (message: unknown) => void = () => {};
serve(
  {
    post: (message) => process.send?.(message),
    onMessage: (listener) => void (toServe = listener),
    onClose: () => {},
    close: () => {},
  },
  engine,
);
// Nobody is left to translate for.
process.once('disconnect', () => process.exit());
process.on('message', (data) => {
  const message = hostMessageSchema.parse(data);
  switch (message.kind) {
    case 'port':
      return toServe(message.message);
    case 'config':
      return void engine.configure(message.config);
    case 'usage': {
      const { user, system } = process.cpuUsage();
      const residentBytes = process.memoryUsage.rss();
      const peakBytes = process.resourceUsage().maxRSS * 1024;
      return void process.send?.({ kind: 'usage', cpuMs: (user + system) / 1000, residentBytes, peakBytes });
    }
    default:
      return message satisfies never;
  }
});
