/**
 * One ONNX graph: opened on a provider, checked against docs/pack-format.md, run. The only file that creates sessions.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { EngineStatus } from '../../../shared/inference/engine';
import type { Provider } from '../../../shared/pack';
import { EngineFailure } from '../engine-failure';

/** A declared tensor: a dimension is a number where the format fixes it and a letter (B, S, T, …) where it may vary. */
export interface TensorSpec {
  type: 'float32' | 'int32' | 'int64';
  shape: readonly (number | string)[];
}

export interface GraphSpec {
  inputs: Readonly<Record<string, TensorSpec>>;
  outputs: Readonly<Record<string, TensorSpec>>;
}

/** What is wrong with a graph's inputs and outputs, or null: for graphs that come in several ways. */
export type GraphCheck = (
  inputs: readonly InferenceSession.ValueMetadata[],
  outputs: readonly InferenceSession.ValueMetadata[],
) => string | null;

/** Where and how a pack's sessions are opened. */
export interface SessionPlace {
  folder: string;
  provider: Provider;
  threads: number;
}

export interface Session {
  readonly status: EngineStatus['packs'][number]['sessions'][number];
  /** Outputs by name; each is a new buffer. Synchronous inside: a cancel is seen before and after, not during it. */
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  release(): Promise<void>;
}

/** `weights`: files beside the graph that hold its weights. Throws EngineFailure: `pack-damaged` naming the file, or `provider-failed`. */
export async function openSession(
  part: string,
  file: string,
  spec: GraphSpec | GraphCheck,
  place: SessionPlace,
  weights: readonly string[] = [],
): Promise<Session> {
  const path = join(place.folder, file);
  let bytes = 0;
  for (const name of [file, ...weights]) bytes += await fileBytes(join(place.folder, name), name);
  const session = await create(path, file, place);
  const problem =
    typeof spec === 'function'
      ? spec(session.inputMetadata, session.outputMetadata)
      : (tensorProblem('input', spec.inputs, session.inputMetadata) ?? tensorProblem('output', spec.outputs, session.outputMetadata));
  if (problem !== null) {
    await session.release();
    throw new EngineFailure('pack-damaged', `"${file}" is not a ${part} of pack format 2: ${problem}. Install the pack again.`);
  }
  return {
    status: { part, provider: place.provider, threads: place.threads, bytes },
    async run(feeds) {
      try {
        return await session.run(feeds);
      } catch (error) {
        const isOnCpu = place.provider === 'cpu';
        const remedy = isOnCpu ? '' : `. It ran on "${place.provider}"; test the processors again, or run it on the CPU only`;
        const code = isOnCpu ? 'internal' : 'provider-failed';
        throw new EngineFailure(code, `The ${part} ("${file}") failed: ${oneLine(error)}${remedy}.`, { cause: error });
      }
    },
    release: () => session.release(),
  };
}

/**
 * ONNX Runtime 1.29 and newer reports its use to its maker over the network; with this set before the first session it starts nothing that
 * could. Read once, for the life of the process.
 */
function silenceRuntime(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}

async function fileBytes(path: string, file: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw new EngineFailure('pack-damaged', `"${file}" is missing from the pack. Install the pack again.`, { cause: error });
  }
}

async function create(path: string, file: string, { provider, threads }: SessionPlace): Promise<InferenceSession> {
  const options = (name: Provider): InferenceSession.SessionOptions => ({
    executionProviders: [name],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // DirectML has no patterns of memory that other providers reuse between runs.
    ...(name === 'dml' ? { enableMemPattern: false } : {}),
    // Several pools of threads in one process would spin against each other.
    ...(threads > 1 ? { extra: { session: { intra_op: { allow_spinning: '0' } } } } : {}),
  });
  silenceRuntime();
  try {
    return await InferenceSession.create(path, options(provider));
  } catch (error) {
    if (provider !== 'cpu') {
      const onCpu = await InferenceSession.create(path, options('cpu')).catch(() => null);
      if (onCpu) {
        await onCpu.release();
        const message = `"${provider}" cannot be used on this machine: ${oneLine(error)}. Run the pack on the CPU.`;
        throw new EngineFailure('provider-failed', message, { cause: error });
      }
    }
    throw new EngineFailure('pack-damaged', `"${file}" cannot be opened: ${oneLine(error)}. Install the pack again.`, { cause: error });
  }
}

/** The data of an output that a GraphSpec says is there; shape as declared. */
export function floats(outputs: Readonly<Record<string, Tensor>>, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (!(data instanceof Float32Array)) throw new EngineFailure('internal', `Expected output ${name} as float32.`);
  return data;
}

export function integers(outputs: Readonly<Record<string, Tensor>>, name: string): Int32Array {
  const data = outputs[name]?.data;
  if (!(data instanceof Int32Array)) throw new EngineFailure('internal', `Expected output ${name} as int32.`);
  return data;
}

export const floatTensor = (data: Float32Array, shape: readonly number[]) => new Tensor('float32', data, shape);

/** i32[1,S] */
export const idsTensor = (ids: readonly number[]) => new Tensor('int32', Int32Array.from(ids), [1, ids.length]);

/** f32[1,1,1,S], nothing masked: prompts run one at a time, without padding. */
export const openMask = (length: number) => floatTensor(new Float32Array(length), [1, 1, 1, length]);

/** Why, in the runtime's words: one line, without the machine's paths. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (
    text
      .replace(/\s+/g, ' ')
      // Where in the runtime it was noticed says nothing to a person.
      .replace(/^.*\.(cc|h):\d+ .* was false\. /, '')
      .replace(/\S*[\\/](?=[\w.-]+\.onnx)/g, '')
      .slice(0, 300)
      .replace(/[\s.]+$/, '')
  );
}

/** What was got and what was expected, or null. */
export function tensorProblem(
  kind: 'input' | 'output',
  expected: Readonly<Record<string, TensorSpec>>,
  got: readonly InferenceSession.ValueMetadata[],
): string | null {
  const names = Object.keys(expected);
  const gotNames = got.map((tensor) => tensor.name);
  const missing = names.filter((name) => !gotNames.includes(name));
  if (missing.length > 0) return `expected ${kind} ${missing.join(', ')}, got ${gotNames.join(', ') || 'none'}`;
  for (const tensor of got) {
    const spec = expected[tensor.name];
    if (!spec) return `got unknown ${kind} ${tensor.name}, expected ${names.join(', ')}`;
    const wanted = `${spec.type}[${spec.shape.join(',')}]`;
    if (!tensor.isTensor) return `${kind} ${tensor.name}: got no tensor, expected ${wanted}`;
    const fits =
      tensor.type === spec.type &&
      tensor.shape.length === spec.shape.length &&
      spec.shape.every((size, axis) => typeof size === 'string' || typeof tensor.shape[axis] === 'string' || tensor.shape[axis] === size);
    if (!fits) return `${kind} ${tensor.name}: got ${tensor.type}[${tensor.shape.join(',')}], expected ${wanted}`;
  }
  return null;
}
