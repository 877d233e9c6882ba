/**
 * An ONNX file before it is given to the runtime: read as protobuf, nothing executed. Refused are operators of unknown domains and those that
 * load code or files, weights that are not what their shapes say, not-a-number weights, and weights outside the pack.
 * What a graph computes is the inference process's to find out.
 */
import { dirname, join, posix } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { reason } from '../reasons';
import { ByteSource, OutOfBytes } from './byte-source';
import { pathProblem } from './pack-path';
import { BrokenProtobuf, fieldsOf, packedVarints, type Field, type Span } from './protobuf';
import { getAgain, notTrusted, PackRefusal } from './refusal';

/** The standard operators, those of the runtime itself; the pack's own functions come on top. */
const KNOWN_DOMAINS: ReadonlySet<string> = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft']);
/** Of those domains, operators that load compiled code, run Python or read files by name. */
const LOADING_OPERATORS: ReadonlySet<string> = new Set(['EPContext', 'PythonOp', 'PythonOpGrad', 'ATen', 'ExternalGraph', 'TRT_EngineOp']);
/** Deeper graphs in graphs than any exporter writes. */
const MOST_NESTING = 12;
const MOST_DIMENSIONS = 16;
const MOST_ELEMENTS = 2n ** 40n;
/** Weights are scanned in pieces of this many bytes, a multiple of every element's size. */
const PIECE_BYTES = 1024 * 1024;
/** How often others may run while small things are read. */
const NODES_A_TURN = 500;

/** Bits of an element by TensorProto.DataType; strings (8) have none. */
const ELEMENT_BITS: Readonly<Record<number, number>> = {
  1: 32, 2: 8, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 9: 8, 10: 16, 11: 64, 12: 32, 13: 64, 14: 64, 15: 128, 16: 16, 17: 8, 18: 8, 19: 8, 20: 8,
  21: 4, 22: 4, 23: 4, 24: 8,
}; // prettier-ignore
const FLOAT = 1;
const STRING = 8;
const FLOAT16 = 10;
const DOUBLE = 11;
const BFLOAT16 = 16;

export interface GraphFacts {
  /** Paths in the pack of the files that hold weights, sorted. */
  readonly externalFiles: readonly string[];
}

/** `path`: of the graph in the pack that lies in `folder`. Throws PackRefusal; the signal's reason when it is aborted. */
export async function inspectGraph(folder: string, path: string, signal: AbortSignal): Promise<GraphFacts> {
  const bytes = new ByteSource(join(folder, path));
  const inspection = new Inspection(bytes, folder, path);
  try {
    const turns = inspection.model();
    while (!turns.next().done) {
      await setImmediate();
      signal.throwIfAborted();
    }
    return { externalFiles: [...inspection.externalFiles].sort() };
  } catch (error) {
    if (error instanceof BrokenProtobuf) {
      throw new PackRefusal(path, reason`not an ONNX graph (${error.message}). ${getAgain()}`, { cause: error });
    }
    if (error instanceof OutOfBytes) throw new PackRefusal(path, reason`cut off. ${getAgain()}`, { cause: error });
    throw error;
  } finally {
    bytes.close();
    inspection.close();
  }
}

/** Yields now and then, so that others may run. */
type Turns<Result = void> = Generator<undefined, Result, undefined>;

interface TensorFacts {
  name: string;
  type: number;
  dims: bigint[];
  /** Elements in the fields for numbers, or null where there are none. */
  elements: number | null;
  raw: Span | null;
  isExternal: boolean;
  external: Map<string, string>;
  /** Elements in fields for floats, which are scanned like raw ones. */
  floats: Span[];
}

class Inspection {
  readonly externalFiles = new Set<string>();
  private readonly sources = new Map<string, ByteSource>();
  private readonly functionDomains = new Set<string>();
  private nodes = 0;

  constructor(
    private readonly bytes: ByteSource,
    private readonly folder: string,
    private readonly path: string,
  ) {}

  *model(): Turns {
    const whole = { start: 0, end: this.bytes.size };
    // A field that comes twice is merged by the runtime; every one is looked at.
    const graphs: Span[] = [];
    const functions: Span[] = [];
    for (const field of fieldsOf(this.bytes, whole)) {
      if (field.number === 7) graphs.push(message(field));
      if (field.number === 25) functions.push(message(field));
      if (field.number === 20) throw this.refusal(reason`holds code for training, which this app never runs. ${notTrusted()}`);
    }
    if (graphs.length === 0) throw new BrokenProtobuf('no graph in it');
    for (const body of functions) {
      for (const field of fieldsOf(this.bytes, body)) if (field.number === 10) this.functionDomains.add(this.text(field));
    }
    for (const body of functions) {
      for (const field of fieldsOf(this.bytes, body)) if (field.number === 7) yield* this.node(message(field), 0);
    }
    for (const graph of graphs) yield* this.graph(graph, 0);
  }

  close(): void {
    for (const source of this.sources.values()) source.close();
  }

  private *graph(span: Span, depth: number): Turns {
    if (depth > MOST_NESTING)
      throw this.refusal(reason`holds graphs in graphs ${depth} deep, expected at most ${MOST_NESTING}. ${notTrusted()}`);
    for (const field of fieldsOf(this.bytes, span)) {
      if (field.number === 1) yield* this.node(message(field), depth);
      else if (field.number === 5) yield* this.tensor(message(field));
      else if (field.number === 15) yield* this.sparseTensor(message(field));
    }
  }

  private *node(span: Span, depth: number): Turns {
    let operator = '';
    let domain = '';
    const attributes: Span[] = [];
    for (const field of fieldsOf(this.bytes, span)) {
      if (field.number === 4) operator = this.text(field);
      else if (field.number === 7) domain = this.text(field);
      else if (field.number === 5) attributes.push(message(field));
    }
    if (!KNOWN_DOMAINS.has(domain) && !this.functionDomains.has(domain)) {
      throw this.refusal(
        reason`needs the operator ${operator} of "${domain}", which is not part of the runtime; expected ai.onnx and com.microsoft. ${notTrusted()}`,
      );
    }
    if (LOADING_OPERATORS.has(operator)) {
      throw this.refusal(reason`holds the operator ${operator}, which loads code or files; expected plain computation. ${notTrusted()}`);
    }
    if (++this.nodes % NODES_A_TURN === 0) yield;
    for (const attribute of attributes) {
      for (const field of fieldsOf(this.bytes, attribute)) {
        if (field.number === 6 || field.number === 11) yield* this.graph(message(field), depth + 1);
        else if (field.number === 5 || field.number === 10) yield* this.tensor(message(field));
        else if (field.number === 22 || field.number === 23) yield* this.sparseTensor(message(field));
      }
    }
  }

  private *sparseTensor(span: Span): Turns {
    for (const field of fieldsOf(this.bytes, span)) if (field.number === 1 || field.number === 2) yield* this.tensor(message(field));
  }

  private *tensor(span: Span): Turns {
    const facts = this.tensorFacts(span);
    const { type, name } = facts;
    const shown = name === '' ? reason`a constant` : reason`the weights "${name}"`;
    const count = this.elementCount(facts, shown);
    if (type === STRING) return;
    const bits = ELEMENT_BITS[type];
    if (bits === undefined) throw this.refusal(reason`${shown} have the unknown type ${type}. ${getAgain()}`);
    const expected = Math.ceil((count * bits) / 8);
    if (facts.isExternal) return yield* this.externalTensor(facts, expected, shown);
    if (facts.raw !== null) {
      const got = facts.raw.end - facts.raw.start;
      if (got !== expected) throw this.refusal(reason`${shown} have ${got} bytes; their shape says ${expected}. ${getAgain()}`);
      return yield* this.scan(this.bytes, facts.raw, type, shown);
    }
    const perElement = type === 14 || type === 15 ? 2 : bits === 4 ? 0.5 : 1;
    const wanted = Math.ceil(count * perElement);
    if ((facts.elements ?? 0) !== wanted) {
      throw this.refusal(reason`${shown} have ${facts.elements ?? 0} numbers; their shape says ${wanted}. ${getAgain()}`);
    }
    for (const floats of facts.floats) yield* this.scan(this.bytes, floats, type, shown);
  }

  private *externalTensor({ external, type }: TensorFacts, expected: number, shown: string): Turns {
    const location = external.get('location') ?? '';
    const problem = pathProblem(location);
    if (problem !== null) throw this.refusal(reason`${shown} lie in "${location}": ${problem}. ${notTrusted()}`);
    const file = posix.join(dirname(this.path).split('\\').join('/'), location);
    const offset = Number(external.get('offset') ?? '0');
    const source = this.externalSource(file, shown);
    const length = external.has('length') ? Number(external.get('length')) : source.size - offset;
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0 || offset + length > source.size) {
      throw this.refusal(reason`${shown} lie beyond the end of ${file}, which has ${source.size} bytes. ${getAgain()}`);
    }
    if (length !== expected)
      throw this.refusal(reason`${shown} have ${length} bytes in ${file}; their shape says ${expected}. ${getAgain()}`);
    this.externalFiles.add(file);
    yield* this.scan(source, { start: offset, end: offset + length }, type, shown);
  }

  private externalSource(file: string, shown: string): ByteSource {
    const known = this.sources.get(file);
    if (known) return known;
    try {
      const source = new ByteSource(join(this.folder, file));
      this.sources.set(file, source);
      return source;
    } catch (error) {
      throw this.refusal(reason`${shown} lie in ${file}, which the pack does not have. ${getAgain()}`, error);
    }
  }

  private tensorFacts(span: Span): TensorFacts {
    const facts: TensorFacts = {
      name: '', type: 0, dims: [], elements: null, raw: null, isExternal: false, external: new Map(), floats: [],
    }; // prettier-ignore
    const add = (count: number) => (facts.elements = (facts.elements ?? 0) + count);
    for (const field of fieldsOf(this.bytes, span)) {
      switch (field.number) {
        case 1:
          if (field.wire === 'varint') facts.dims.push(field.value);
          else if (field.wire === 'bytes') this.addDims(facts, field);
          break;
        case 2:
          if (field.wire === 'varint') facts.type = Number(field.value);
          break;
        case 4:
        case 10: {
          // Floats and doubles: packed, or one a field.
          if (field.wire === 'varint') throw new BrokenProtobuf(`a number where floats belong at byte ${field.at}`);
          facts.floats.push(field);
          add(Math.floor((field.end - field.start) / (field.number === 4 ? 4 : 8)));
          break;
        }
        case 5:
        case 7:
        case 11:
          add(field.wire === 'bytes' ? this.countVarints(field) : 1);
          break;
        case 8:
          facts.name = this.text(field);
          break;
        case 9:
          facts.raw = message(field);
          break;
        case 13:
          this.addExternal(facts, message(field));
          break;
        case 14:
          facts.isExternal = field.wire === 'varint' && field.value === 1n;
          break;
      }
    }
    return facts;
  }

  private addDims(facts: TensorFacts, span: Span): void {
    for (const dim of packedVarints(this.bytes, span)) {
      facts.dims.push(dim);
      if (facts.dims.length > MOST_DIMENSIONS) return;
    }
  }

  /** How many varints: each ends in a byte without its highest bit. */
  private countVarints({ start, end }: Span): number {
    let count = 0;
    for (let at = start; at < end; at++) if (this.bytes.byteAt(at) < 0x80) count++;
    return count;
  }

  private addExternal(facts: TensorFacts, span: Span): void {
    let key = '';
    let value = '';
    for (const field of fieldsOf(this.bytes, span)) {
      if (field.number === 1) key = this.text(field);
      else if (field.number === 2) value = this.text(field);
    }
    facts.external.set(key, value);
    // What is said to be outside is outside, whatever the other field says.
    if (key === 'location') facts.isExternal = true;
  }

  private elementCount({ dims }: TensorFacts, shown: string): number {
    if (dims.length > MOST_DIMENSIONS) throw this.refusal(reason`${shown} have more than ${MOST_DIMENSIONS} dimensions. ${notTrusted()}`);
    const count = dims.reduce((product, dim) => product * BigInt.asIntN(64, dim), 1n);
    if (dims.some((dim) => BigInt.asIntN(64, dim) < 0n) || count > MOST_ELEMENTS) {
      const shape = dims.map((dim) => BigInt.asIntN(64, dim).toString()).join(' × ');
      throw this.refusal(reason`${shown} have the shape ${shape}, which no model has. ${notTrusted()}`);
    }
    return Number(count);
  }

  /** Refuses weights that are not numbers: one of them makes every output one. */
  private *scan(bytes: ByteSource, { start, end }: Span, type: number, shown: string): Turns {
    const isNan = NAN_TESTS[type];
    if (!isNan) return;
    const piece = new Uint8Array(Math.min(PIECE_BYTES, end - start));
    for (let at = start; at < end; at += piece.length) {
      const part = piece.subarray(0, Math.min(piece.length, end - at));
      bytes.readInto(part, at);
      if (isNan(part)) throw this.refusal(reason`${shown} hold values that are not numbers (NaN). ${getAgain()}`);
      if (end - at > piece.length) yield;
    }
  }

  private text(field: Field): string {
    const { start, end } = message(field);
    // Names are short; a long one is shown cut.
    return this.bytes.slice(start, Math.min(end - start, 4096)).toString('utf8');
  }

  private refusal(problem: string, cause?: unknown): PackRefusal {
    return new PackRefusal(this.path, problem, { cause });
  }
}

function message(field: Field): Span {
  if (field.wire !== 'bytes') throw new BrokenProtobuf(`a number where a part belongs at byte ${field.at}`);
  return field;
}

/** By type: whether a piece holds a NaN. Pieces begin at offset 0 of their buffer, so every view is aligned. */
const NAN_TESTS: Readonly<Record<number, (piece: Uint8Array) => boolean>> = {
  [FLOAT]: (piece) => {
    const words = new Uint32Array(piece.buffer, 0, piece.length >> 2);
    for (const word of words) if ((word & 0x7fffffff) > 0x7f800000) return true;
    return false;
  },
  [FLOAT16]: (piece) => {
    const halves = new Uint16Array(piece.buffer, 0, piece.length >> 1);
    for (const half of halves) if ((half & 0x7fff) > 0x7c00) return true;
    return false;
  },
  [BFLOAT16]: (piece) => {
    const halves = new Uint16Array(piece.buffer, 0, piece.length >> 1);
    for (const half of halves) if ((half & 0x7fff) > 0x7f80) return true;
    return false;
  },
  [DOUBLE]: (piece) => new Float64Array(piece.buffer, 0, piece.length >> 3).some(Number.isNaN),
};
