/** A test that finds another provider as good as the CPU: it is the CPU. */
import { tellProbe } from '../../../src/main/inference/probe';
import { probeTaskSchema } from '../../../src/shared/processors';

process.once('message', (message: { task: unknown }) => {
  void tellProbe({ ...probeTaskSchema.parse(message.task), provider: 'cpu' }, (news) => process.send?.(news));
});
