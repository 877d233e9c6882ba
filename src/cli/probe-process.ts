/** A process of Node's for one test of a provider, as own-process.ts is in the app. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { silentRuntime } from '../main/inference-host';
import type { ProbeProcess } from '../main/providers/run-probe';

const ENTRY = fileURLToPath(new URL('./probe-child.ts', import.meta.url));

/** `entry`: a TypeScript file that listens for `probe`. */
export function startProbeProcess(entry = ENTRY): ProbeProcess {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = fork(entry, { execArgv: ['--import', loader], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: silentRuntime() });
  return {
    send: (message) => child.send(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener).once('error', listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
