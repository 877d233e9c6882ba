/**
 * Undoes every measure of safety, one after the other, in a copy of what is committed, and runs the test that is to notice:
 * `npm run undo [-- WORDS]`, with words only the measures whose name fits them as a regular expression. Exit code 1 where a test did not fail.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MEASURES, type Measure } from './measures';

const wanted = process.argv.slice(2).join(' ');
const chosen = MEASURES.filter(({ name }) => new RegExp(wanted).test(name));
const copy = mkdtempSync(join(tmpdir(), 'tandem-undo-'));

try {
  copyCommitted();
  const unheld = chosen.filter((measure) => {
    const verdict = undo(measure);
    console.log(`${verdict === null ? 'held' : 'NOT HELD'}  ${measure.name}${verdict === null ? '' : `: ${verdict}`}`);
    return verdict !== null;
  });
  console.log(`${chosen.length - unheld.length} of ${chosen.length} measures are held by their tests.`);
  process.exitCode = unheld.length === 0 && chosen.length > 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** Null where the test fails; else what was wrong. The copy is as it was again. */
function undo({ file, piece, without, test: [testFile, name] }: Measure): string | null {
  const path = join(copy, file);
  const sound = readFileSync(path, 'utf8');
  const found = sound.split(piece).length - 1;
  if (found !== 1) return `expected “${piece}” once in ${file}, got ${found}`;
  writeFileSync(
    path,
    sound.replace(piece, () => without),
  );
  const undone = outcomes(testFile, name);
  writeFileSync(path, sound);
  if (undone.failed > 0) return null;
  return undone.passed > 0 ? `${testFile} does not notice` : `${testFile} has no test “${name}” that ran`;
}

/** Of the tests of a file whose names hold `name`; a file that cannot be loaded has none. */
function outcomes(testFile: string, name: string): { passed: number; failed: number } {
  const pattern = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const { stdout } = spawnSync(
    process.execPath,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', testFile, '-t', pattern, '--reporter=verbose'],
    { cwd: copy, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  const count = (mark: string) => stdout.split('\n').filter((line) => line.trimStart().startsWith(mark)).length;
  return { passed: count('✓'), failed: count('×') };
}

/** Without what is large and no test of the list reads. */
function copyCommitted(): void {
  const git = (args: readonly string[], input: string) => {
    const { status, stdout, stderr } = spawnSync('git', args, { input, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (status !== 0) throw new Error(`git ${args[0] ?? ''}: ${stderr}`);
    return stdout;
  };
  const files = git(['ls-files', '-z', '--', ':!training', ':!resources/packs'], '');
  git(['checkout-index', '-z', '--stdin', `--prefix=${copy}/`], files);
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
}
