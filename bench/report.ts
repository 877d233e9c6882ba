/** Tables for people, and their place in docs/benchmarks.md: each benchmark owns one section and leaves the others alone. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const DOCUMENT = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
const HEAD =
  "# Benchmarks\n\nWritten by `npm run bench` and its siblings; do not edit by hand. Times are from the inference process's one clock.\n";

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** What was measured where: every number shown goes with it. */
export function circumstances(pack: string): string {
  const [cpu] = cpus();
  const load = loadavg()[0] ?? 0;
  return `Machine: ${cpu?.model ?? 'unknown'}, ${cpus().length} threads, load ${load.toFixed(1)} · Node ${process.versions.node} · pack ${pack} · commit ${commit()}`;
}

/** Replaces the section of this name, or adds it at the end. */
export function writeSection(name: string, markdown: string): void {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const section = `${begin}\n\n${markdown}\n\n${end}\n`;
  const before = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : HEAD;
  const start = before.indexOf(begin);
  const stop = before.indexOf(end);
  const after = start < 0 || stop < 0 ? `${before}\n${section}` : before.slice(0, start) + section + before.slice(stop + end.length + 1);
  writeFileSync(DOCUMENT, after);
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  try {
    return (
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no', 'src') === '' ? '' : ' with changes')
    );
  } catch {
    // Measured from an unpacked archive: there is no commit to name.
    return 'unknown';
  }
}
