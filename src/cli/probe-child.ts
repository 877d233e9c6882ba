/** Entry of the process that tests a provider: waits for its task, tells how it goes, and is ended by whoever started it. */
import { z } from 'zod';
import { tellProbe } from '../main/inference/probe';
import { probeTaskSchema } from '../shared/processors';

const messageSchema = z.strictObject({ kind: z.literal('probe'), task: probeTaskSchema });

process.once('message', (message) => {
  void tellProbe(messageSchema.parse(message).task, (news) => process.send?.(news));
});
