/** Runs a pack's self-test in an inference process of its own: a graph that ends its process takes nothing else with it. */
import { utilityProcess } from 'electron';
import { z } from 'zod';
import { silentRuntime } from '../inference-host';
import { reason } from '../reasons';

/** Main to such a process, over their own channel; the process parses it at its door. */
export interface TrialMessage {
  kind: 'selfTest';
  folder: string;
}

const answerSchema = z.strictObject({ kind: z.literal('selfTested'), problems: z.array(z.string()) });

/** A pack that has not written its few test sentences by then would not be of use. */
const LIMIT_MS = 15 * 60 * 1000;

/** What is wrong, one sentence each; empty when the pack works. Throws the signal's reason. */
export async function selfTestInOwnProcess(entry: string, folder: string, signal: AbortSignal): Promise<string[]> {
  signal.throwIfAborted();
  const child = utilityProcess.fork(entry, [], { serviceName: 'Tandem pack trial', stdio: 'ignore', env: silentRuntime() });
  const limit = AbortSignal.timeout(LIMIT_MS);
  try {
    return await new Promise<string[]>((resolve, reject) => {
      child.once('message', (message: unknown) => {
        const answer = answerSchema.safeParse(message);
        if (answer.success) resolve(answer.data.problems);
        else reject(answer.error);
      });
      child.once('exit', (code) =>
        resolve([
          reason`The engine ended while it ran the pack (exit code ${String(code)}). The graphs may need more memory, or another runtime.`,
        ]),
      );
      limit.addEventListener('abort', () => resolve([reason`Its self-test did not end within ${LIMIT_MS / 60_000} minutes.`]));
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      const message: TrialMessage = { kind: 'selfTest', folder };
      child.postMessage(message);
    });
  } finally {
    child.kill();
  }
}
