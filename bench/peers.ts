/**
 * How fast are the lanes beside two well-kept engines on the same weights? CTranslate2 and Transformers.js, 8 bit, greedy, one thread, each in a
 * process of its own, the same sentences in turn. The peers get ids and give ids; ours reads and writes text.
 * `npm run bench:peers -- --prepared DIR --python FILE [--rounds N]`; bench/peers/README.md says how to get there. Writes docs/benchmarks.md.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findPack } from '../src/cli/pack-folders';
import { median } from './median';
import type { EngineConfig } from '../src/shared/inference/engine';
import type { Lane } from '../src/shared/pack';
import { forkEngine } from './forked-engine';
import { circumstances, table, writeSection } from './report';

const sentencesSchema = z.array(z.strictObject({ text: z.string(), ids: z.array(z.int()), pieces: z.array(z.string()) }));
type Sentence = z.infer<typeof sentencesSchema>[number];
const answerSchema = z.strictObject({ ms: z.number(), ids: z.array(z.int()) });

/** One sentence written once. `steps`: tokens, and the end of sentence. */
interface Run {
  ms: number;
  steps: number;
}

interface Contender {
  name: string;
  translate(sentence: Sentence): Promise<Run>;
}

const LIMIT = 256;
const BARS = { transformersJs: 0.5, ctranslate2: 1.15, hybrid: 0.35 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { prepared: { type: 'string' }, python: { type: 'string', default: 'python3' }, rounds: { type: 'string', default: '5' } },
  });
  if (!values.prepared) throw new Error('--prepared DIR: the folder that bench/peers/prepare.py wrote.');
  const rounds = Number(values.rounds);
  const sentences = sentencesSchema.parse(JSON.parse(readFileSync(join(values.prepared, 'sentences.json'), 'utf8')));
  const pack = await findPack(null, process.env);
  const config: EngineConfig = {
    packs: [{ packId: pack.manifest.id, folder: pack.folder }],
    provider: 'cpu',
    encoderThreads: 1,
    decoderThreads: 1,
  };
  const engine = forkEngine(config);
  const peers = [
    peer(values.python, file('peers/with_ctranslate2.py'), join(values.prepared, 'ctranslate2')),
    peer(process.execPath, file('peers/with-transformers-js.mjs'), join(values.prepared, 'transformers-js')),
  ] as const;
  const lane = (name: Lane): Contender => ({
    name: `Tandem, ${name}`,
    async translate({ text }) {
      // Configuring forgets the encodings: each run reads for itself.
      engine.configure(config);
      const task = { kind: 'translate', from: 'en', to: 'de' } as const;
      const request = { packId: pack.manifest.id, task, lane: name, decoding: { kind: 'greedy' }, priority: 'interactive', text } as const;
      for await (const event of engine.client.generate(request)) {
        if (event.kind === 'failed') throw new Error(event.error.message);
        if (event.kind === 'done') return { ms: event.timings.totalMs, steps: event.tokens + 1 };
      }
      throw new Error('The request did not end.');
    },
  });
  const contenders: Contender[] = [
    lane('llm'),
    lane('hybrid'),
    { name: 'CTranslate2 4.8.5, int8', translate: peers[0].translate },
    { name: 'Transformers.js 4.3.1, q8', translate: peers[1].translate },
  ];
  try {
    const report = reportOf(`${pack.manifest.id} ${pack.manifest.version}`, await measure(contenders, sentences, rounds), rounds);
    process.stdout.write(`${report}\n`);
    writeSection('peers', report);
  } finally {
    engine.close();
    for (const { child } of peers) child.kill();
  }
}

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A process that answers one line with one line. */
function peer(command: string, script: string, model: string): Pick<Contender, 'translate'> & { child: ChildProcess } {
  const child = spawn(command, [script, model], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, OMP_NUM_THREADS: '1' } });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async translate({ ids, pieces }) {
      child.stdin.write(`${JSON.stringify({ ids, pieces, limit: LIMIT })}\n`);
      const line = await lines.next();
      if (line.done) throw new Error(`${script} ended without an answer.`);
      const answer = answerSchema.parse(JSON.parse(line.value));
      return { ms: answer.ms, steps: answer.ids.length };
    },
  };
}

interface Result {
  name: string;
  /** Sums over the sentences of medians over the rounds. */
  ms: number;
  steps: number;
}

async function measure(contenders: readonly Contender[], sentences: readonly Sentence[], rounds: number): Promise<Result[]> {
  const runs = contenders.map(() => sentences.map((): Run[] => []));
  // Round -1 warms up.
  for (let round = -1; round < rounds; round++) {
    for (const [index, sentence] of sentences.entries()) {
      for (let turn = 0; turn < contenders.length; turn++) {
        const who = (turn + index + round + 1) % contenders.length;
        const run = await contenders[who]?.translate(sentence);
        if (run && round >= 0) runs[who]?.[index]?.push(run);
      }
    }
  }
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return contenders.map(({ name }, who) => ({
    name,
    ms: sum((runs[who] ?? []).map((ofSentence) => median(ofSentence.map(({ ms }) => ms)))),
    steps: sum((runs[who] ?? []).map(([first]) => first?.steps ?? 0)),
  }));
}

function reportOf(pack: string, results: readonly Result[], rounds: number): string {
  const [llm, hybrid, ctranslate2, transformersJs] = results;
  if (!llm || !hybrid || !ctranslate2 || !transformersJs) throw new Error('A contender is missing.');
  const perToken = ({ ms, steps }: Result) => ms / steps;
  const verdict = (what: string, ratio: number, bar: number) =>
    `- ${what}: ${ratio.toFixed(2)} (bar ${bar}: ${ratio <= bar ? 'met' : 'MISSED'})`;
  return [
    '## Beside other engines',
    '',
    `${circumstances(pack)}.`,
    `The same checkpoint in 8 bit, bench/sentences.txt, greedy, one thread, ${rounds} rounds in turn. Whole sentences: reading and writing;`,
    'ours with tokenizing and detokenizing. Sums over sentences of medians over rounds.',
    '',
    table(
      ['', 'ms', 'tokens', 'ms per token', 'to CTranslate2'],
      results.map((one) => [
        one.name,
        one.ms.toFixed(0),
        String(one.steps),
        perToken(one).toFixed(3),
        (perToken(one) / perToken(ctranslate2)).toFixed(2),
      ]),
    ),
    '',
    verdict("LLM lane's time per token to Transformers.js's", perToken(llm) / perToken(transformersJs), BARS.transformersJs),
    verdict("LLM lane's time per token to CTranslate2's", perToken(llm) / perToken(ctranslate2), BARS.ctranslate2),
    verdict("hybrid lane's time to CTranslate2's, a bar for translations of 30 tokens", hybrid.ms / ctranslate2.ms, BARS.hybrid),
  ].join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
