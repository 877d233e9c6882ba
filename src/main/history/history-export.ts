/** Entries as a file: for programs (JSON), for people (Markdown). Pure. */
import type { HistoryEntry } from '../../shared/history';
import type { InterfaceLanguage } from '../../shared/language';

export function historyAsJson(entries: Iterable<HistoryEntry>): string {
  const list = [...entries].map(({ id: _id, atMs, ...entry }) => ({ at: new Date(atMs).toISOString(), ...entry }));
  return `${JSON.stringify({ kind: 'tandem-history', version: 1, entries: list }, null, 2)}\n`;
}

/** `title`: the document's heading. Texts stand in fences, as they are. */
export function historyAsMarkdown(entries: Iterable<HistoryEntry>, title: string, language: InterfaceLanguage): string {
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const parts = [...entries].flatMap(({ atMs, from, to, lane, pack, totalMs, source, output }) => [
    `## ${date.format(new Date(atMs))}`,
    `${from} → ${to} · ${lane} · ${pack} · ${Math.round(totalMs)} ms`,
    fenced(source),
    fenced(output),
  ]);
  return `${[`# ${title}`, ...parts].join('\n\n')}\n`;
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
