/** The app's Processors: what it remembers in the user's folder, and tests in processes of Electron's, which cannot reach the engine's. */
import { utilityProcess } from 'electron';
import { silentRuntime } from '../inference-host';
import type { Log } from '../log';
import { processorsFile } from '../paths';
import { Processors, type ProcessorsOptions } from './processors';
import { openResults } from './results';
import type { ProbeProcess } from './run-probe';
import { gpuProvidersHere, runtimeVersion } from './runtime';

type Surroundings = Pick<ProcessorsOptions, 'packs' | 'threads' | 'onState' | 'onPlaces'>;

/** `entry`: of the inference process. */
export async function openAppProcessors(entry: string, surroundings: Surroundings, log: Log): Promise<Processors> {
  const onProblem = (why: string) => log.warn(`what tests of providers found cannot be read: ${why}`);
  const results = await openResults(processorsFile(), runtimeVersion(), onProblem);
  return new Processors({ providers: gpuProvidersHere(), results, start: () => startProbeProcess(entry), ...surroundings });
}

function startProbeProcess(entry: string): ProbeProcess {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Tandem processor test', stdio: 'ignore', env: silentRuntime() });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
}
