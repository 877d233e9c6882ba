/** Which of a model's graphs are used: exports lie side by side in several forms, and only one of them is copied. */
import { reason } from '../reasons';
import { getAgain, PackRefusal } from './refusal';
import type { PackSource, SourceFile } from './source';

/** By their endings: what runs well on a processor, then what does not. */
const QUICK_VARIANTS = ['_quantized', '_int8', '_uint8', '_q4', '_bnb4', ''];
const SLOW_VARIANTS = ['_fp16', '_q4f16'];

export interface Graphs {
  variant: string;
  encoder: SourceFile;
  first: SourceFile;
  /** Null: `first` is a merged graph. */
  next: SourceFile | null;
  /** Weights beside them. */
  weights: SourceFile[];
}

/** `encoder`: the path of the encoder that it has to be; null: the smallest that runs well. Throws PackRefusal. */
export function chooseGraphs(source: PackSource, encoder: string | null): Graphs {
  const quick = QUICK_VARIANTS.flatMap((variant) => graphsOf(source, variant)).sort((a, b) => bytesOf(a) - bytesOf(b));
  const all = [...quick, ...SLOW_VARIANTS.flatMap((variant) => graphsOf(source, variant))];
  const chosen = all.find((graphs) => encoder === null || graphs.encoder.path === encoder);
  if (chosen) return chosen;
  if (encoder !== null)
    throw new PackRefusal(encoder, reason`missing, or without its decoder; the hybrid was made with this encoder. ${getAgain()}`);
  throw new PackRefusal(
    source.name,
    reason`holds no onnx/encoder_model.onnx with decoder_model_merged.onnx, or decoder_model.onnx and decoder_with_past_model.onnx. Export it: optimum-cli export onnx --task text2text-generation-with-past --model FOLDER OUT`,
  );
}

function graphsOf(source: PackSource, variant: string): Graphs[] {
  const fileAt = (path: string) => source.files.find((file) => file.path === path) ?? null;
  return ['onnx/', ''].flatMap((folder) => {
    const encoder = fileAt(`${folder}encoder_model${variant}.onnx`);
    const merged = fileAt(`${folder}decoder_model_merged${variant}.onnx`);
    const first = merged ?? fileAt(`${folder}decoder_model${variant}.onnx`);
    const next = merged ? null : fileAt(`${folder}decoder_with_past_model${variant}.onnx`);
    if (!encoder || !first || (!merged && !next)) return [];
    return [{ variant, encoder, first, next, weights: [encoder, first, next].flatMap((graph) => weightsOf(source, graph)) }];
  });
}

function weightsOf(source: PackSource, graph: SourceFile | null): SourceFile[] {
  if (graph === null) return [];
  return source.files.filter(
    ({ path }) => path !== graph.path && /^(_data|\.data)/.test(path.slice(graph.path.length)) && path.startsWith(graph.path),
  );
}

const bytesOf = ({ encoder, first, next, weights }: Graphs) =>
  [encoder, first, next, ...weights].reduce((sum, file) => sum + (file?.bytes ?? 0), 0);
