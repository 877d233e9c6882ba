/** A client of an engine that writes in capitals: what a job sends, and ends of requests that a test asks for. */
import type { Term } from '../../../../src/shared/glossary';
import type { SegmentsRequest } from '../../../../src/shared/inference/requests';
import type { StageTimings } from '../../../../src/shared/inference/timings';
import { InferenceClient } from '../../../../src/shared/inference-client';
import { textOf } from '../../../../src/shared/inlines';
import type { UseEngines } from '../../../../src/main/documents/engines';
import { upperInlines } from './properties';

export interface ScriptedEngine {
  /** Each of them a new client of the same engine. */
  engines: UseEngines;
  /** Texts that were asked for, in order. */
  readonly asked: string[];
  /** All texts of each request, in the order in which requests came. */
  readonly requests: string[][];
  /** The most requests that were on their way at a time. */
  most(): number;
  /** Terms that came along. */
  readonly terms: Term[];
}

/** What happens at a text instead of its translation: the process dies, or the request fails. */
export type Mishap = 'dies' | 'fails' | 'pack-damaged' | 'empty' | 'hangs';

/** `times`: of each request that ends by itself; `count`: how many work at a time. */
export function scriptedEngine(
  mishapAt: (text: string) => Mishap | null = () => null,
  times: Partial<StageTimings> = {},
  count = 1,
): ScriptedEngine {
  const asked: string[] = [];
  const requests: string[][] = [];
  let running = 0;
  let most = 0;
  const terms: Term[] = [];
  const connect = (): Promise<InferenceClient> => {
    let tell: (event: unknown) => void = () => {};
    let die = () => {};
    const cancelled = new Set<number>();
    const answer = async ({ id, segments, terms: sent = [] }: SegmentsRequest): Promise<void> => {
      terms.push(...sent);
      tell({ kind: 'started', id, segments: segments.length });
      for (const [index, { inlines }] of segments.entries()) {
        await new Promise(setImmediate);
        if (cancelled.has(id)) break;
        const text = textOf(inlines);
        asked.push(text);
        const mishap = mishapAt(text);
        if (mishap === 'dies') {
          die();
          return;
        }
        if (mishap === 'hangs') return;
        if (mishap === 'fails' || mishap === 'pack-damaged') {
          const code = mishap === 'fails' ? 'internal' : mishap;
          tell({ kind: 'failed', id, error: { code, message: `It ${mishap}.` } });
          return;
        }
        const flags = mishap === 'empty' ? ['empty'] : [];
        tell({ kind: 'segment', id, index, inlines: upperInlines(inlines), tokens: 3, flags, confidence: text.length % 2 ? 0.9 : 0.5 });
      }
      const timings = {
        tokenizeMs: 0,
        encodeMs: 0,
        projectMs: 0,
        prefillMs: 0,
        decodeMs: 0,
        detokenizeMs: 0,
        totalMs: 0,
        firstTokenMs: null,
        ...times,
      };
      const finish = cancelled.has(id) ? 'cancelled' : 'stop';
      tell({ kind: 'done', id, finish, tokens: 0, segments: segments.length, reusedEncodings: 0, repaired: 0, flagged: [], timings });
    };
    const done = (id: number) => {
      cancelled.add(id);
      const timings = {
        tokenizeMs: 0,
        encodeMs: 0,
        projectMs: 0,
        prefillMs: 0,
        decodeMs: 0,
        detokenizeMs: 0,
        totalMs: 0,
        firstTokenMs: null,
      };
      tell({ kind: 'done', id, finish: 'cancelled', tokens: 0, segments: 0, reusedEncodings: 0, repaired: 0, flagged: [], timings });
    };
    return Promise.resolve(
      new InferenceClient({
        post: (message) => {
          const request = message as SegmentsRequest | { kind: 'cancel'; id: number };
          if (request.kind === 'cancel') done(request.id);
          else {
            requests.push(request.segments.map(({ inlines }) => textOf(inlines)));
            most = Math.max(most, ++running);
            void answer(request).finally(() => running--);
          }
        },
        onMessage: (listener) => (tell = listener),
        onClose: (listener) => (die = listener),
        close: () => {},
      }),
    );
  };
  const engines: UseEngines = () => ({ connects: Array.from({ length: count }, () => connect), release: () => {} });
  return { engines, asked, requests, most: () => most, terms };
}
