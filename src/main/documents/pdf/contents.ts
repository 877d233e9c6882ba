/** Lines of tables of contents. The pages that they name are not those of a reflowed document. Pure. */
import { textOfLine, type Edges, type Line } from './lines';

/** `Chapter . . . . . . 12` */
const LEADERS = /^(.{2,}?)[\s.·…]*(?:[.·…]\s?){3,}\s*(?:\d+|[ivxlc]+|[A-Z]-\d+)$/u;
const NUMBER_LAST = /^(.*\p{L}.*?)\s+(?:\d+|[ivxlc]+)$/u;

export class Contents {
  /** Where numbers end behind leaders, by column. */
  private readonly rights = new Map<Edges, number>();

  constructor(lines: readonly Line[]) {
    for (const line of lines) if (LEADERS.test(textOfLine(line))) this.rights.set(line.column, line.right);
  }

  /** The entry without the page that it names; null where a line is none. Without leaders, a number must end where the others do. */
  entry(line: Line): string | null {
    const right = this.rights.get(line.column);
    if (right === undefined) return null;
    const text = textOfLine(line);
    const [, entry] = LEADERS.exec(text) ?? (Math.abs(line.right - right) < 1.5 ? NUMBER_LAST.exec(text) : null) ?? [];
    return entry?.trim() ?? null;
  }
}
