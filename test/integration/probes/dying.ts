/** A test of a provider whose driver ends the process, once both packs are open and work. */
import { tellProbe } from '../../../src/main/inference/probe';
import { probeTaskSchema } from '../../../src/shared/processors';

process.once('message', (message: { task: unknown }) => {
  void tellProbe({ ...probeTaskSchema.parse(message.task), provider: 'cpu' }, (news) => {
    process.send?.(news);
    if (news.kind === 'probing' && news.done === 1) process.kill(process.pid, 'SIGKILL');
  });
});
