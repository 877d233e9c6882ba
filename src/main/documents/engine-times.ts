/** What the engine's stages took, summed. Pure. */
import type { EngineTimes } from '../../shared/document';

export const NO_TIMES: EngineTimes = {
  loadMs: 0,
  tokenizeMs: 0,
  encodeMs: 0,
  projectMs: 0,
  prefillMs: 0,
  decodeMs: 0,
  detokenizeMs: 0,
};

/** `more`: of a request, which opened its pack or did not. */
export function plusTimes(times: EngineTimes, more: Omit<EngineTimes, 'loadMs'> & { loadMs?: number | undefined }): EngineTimes {
  return {
    loadMs: times.loadMs + (more.loadMs ?? 0),
    tokenizeMs: times.tokenizeMs + more.tokenizeMs,
    encodeMs: times.encodeMs + more.encodeMs,
    projectMs: times.projectMs + more.projectMs,
    prefillMs: times.prefillMs + more.prefillMs,
    decodeMs: times.decodeMs + more.decodeMs,
    detokenizeMs: times.detokenizeMs + more.detokenizeMs,
  };
}
