/** Translates with Transformers.js, one thread: a line of JSON in ({ids, pieces, limit}), a line out ({ms, ids}). */
import { createInterface } from 'node:readline';
import { AutoModelForSeq2SeqLM, env, Tensor } from '@huggingface/transformers';

env.allowRemoteModels = false;
const model = await AutoModelForSeq2SeqLM.from_pretrained(process.argv[2], {
  dtype: 'q8',
  device: 'cpu',
  local_files_only: true,
  session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
});
const row = (numbers) => new Tensor('int64', BigInt64Array.from(numbers, BigInt), [1, numbers.length]);
for await (const line of createInterface({ input: process.stdin })) {
  const { ids, limit } = JSON.parse(line);
  const began = performance.now();
  const written = await model.generate({
    inputs: row(ids),
    attention_mask: row(ids.map(() => 1)),
    max_new_tokens: limit,
    do_sample: false,
  });
  const ms = performance.now() - began;
  process.stdout.write(`${JSON.stringify({ ms, ids: written.tolist()[0].slice(1).map(Number) })}\n`);
}
