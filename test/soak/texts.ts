/** What is typed and pasted: sentences that people write, and texts that are long. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../e2e/app';
import { type Random } from './random';

const SENTENCES = readFileSync(join(REPOSITORY, 'bench', 'sentences.txt'), 'utf8')
  .trim()
  .split('\n');
const PARAGRAPHS = 60;

/** `count` of them, in one paragraph. */
export function sentences(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.pick(SENTENCES)).join(' ');
}

/** Beyond what is translated while it is typed. */
export function longText(random: Random): string {
  return Array.from({ length: PARAGRAPHS }, () => sentences(random, 3)).join('\n\n');
}
