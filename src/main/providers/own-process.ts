/** A process of Electron's for one test: the same code as the engine's, and nothing it does can reach that one. */
import { utilityProcess } from 'electron';
import { silentRuntime } from '../inference-host';
import type { ProbeProcess } from './run-probe';

export function startProbeProcess(entry: string): ProbeProcess {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Tandem processor test', stdio: 'ignore', env: silentRuntime() });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
}
