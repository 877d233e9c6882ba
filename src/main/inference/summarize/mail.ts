/**
 * What a mail has beside its words: header lines, of which the subject stays, marks of quotes, signatures and what lists and companies append.
 * What was quoted stays, without marks, unless it stands elsewhere in the text or was quoted before. English, German and French. Knows lines.
 */
import { blank } from './blank';

const HEADER =
  /^(?:from|to|cc|bcc|date|sent|subject|message-id|in-reply-to|references|reply-to|received|return-path|delivered-to|user-agent|mime-version|content-[\w-]+|x-[\w-]+|list-[\w-]+|von|an|gesendet|datum|betreff|de|à|envoyé|objet)\s?:\s/i;
const SUBJECT = /^(?:subject|betreff|objet)\s?:\s+(?:(?:re|aw|fwd?|wg|tr|antw)\s?:\s*|\[[^\]]{1,60}\]\s*)*/i;
const CONTINUED = /^[ \t]+\S/;
const FEWEST_HEADERS = 2;
/** One line, or the first and last of two. */
const ATTRIBUTION = /^(?:> ?)*(?:On\b.{4,200}\bwrote|Am\b.{4,200}\bschrieb\b.{0,100}|Le\b.{4,200}\ba écrit)\s?:\s*$/;
const ATTRIBUTION_BEGUN = /^(?:> ?)*(?:On|Am|Le) .{8,200}$/;
const ATTRIBUTION_ENDED = /^(?:> ?)*.{0,100}(?:wrote|schrieb\b.{0,100}|a écrit)\s?:\s*$/;
const FORWARDED = /^\s*-{3,}.{0,10}(?:original message|forwarded message|ursprüngliche nachricht|message d'origine).{0,10}-{3,}\s*$/i;
const QUOTE = /^\s*>[\s>]*/;
/** Two hyphens, or the rule above what a mailing list appends. */
const SIGNATURE = /^(?:-- ?|_{20,})\r?$/;
/** A signature is no longer, in lines. */
const LONGEST_SIGNATURE = 12;
const DEVICE = /^(?:sent from my|von meinem .{2,40} gesendet|envoyé de mon)\b/i;
const CONFIDENTIAL = /\b(?:confidential|vertraulich|confidentiel)\b.*\b(?:addressee|recipient|intended|empfänger|destinataire)/i;

/** Lines of a text that is no mail stay as they are. */
export function withoutMailParts(lines: readonly string[]): readonly string[] {
  const headers = headerLines(lines);
  const attributions = attributionLines(lines);
  if (headers.size + attributions.size === 0) return lines;
  const own = new Set(lines.filter((line) => !QUOTE.test(line)).map((line) => line.trim()));
  const subject = lines.findIndex((line, at) => headers.has(at) && SUBJECT.test(line));
  const endings = signatureLines(lines, (at) => headers.has(at) || attributions.has(at));
  return lines.map((line, at) => {
    if (at === subject) return line.replace(SUBJECT, blank);
    const isBeside = headers.has(at) || attributions.has(at) || endings.has(at) || isAppended(line);
    return isBeside ? blank(line) : withoutQuoteMark(line, own);
  });
}

/** At least two next to each other; a line that goes on from one belongs to it. */
function headerLines(lines: readonly string[]): Set<number> {
  const found = new Set<number>();
  let run: number[] = [];
  let count = 0;
  for (const [at, line] of [...lines, ''].entries()) {
    const isHeader = HEADER.test(line);
    if (isHeader || (count > 0 && CONTINUED.test(line))) {
      run.push(at);
      if (isHeader) count++;
      continue;
    }
    if (count >= FEWEST_HEADERS) for (const place of run) found.add(place);
    run = [];
    count = 0;
  }
  return found;
}

function attributionLines(lines: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1] ?? '';
    if (ATTRIBUTION.test(line)) found.add(at);
    else if (ATTRIBUTION_BEGUN.test(line) && ATTRIBUTION_ENDED.test(next) && ATTRIBUTION.test(`${line} ${next.replace(QUOTE, '')}`)) {
      found.add(at).add(at + 1);
    }
  }
  return found;
}

/** From the mark on, up to what belongs to another mail. */
function signatureLines(lines: readonly string[], isAnother: (at: number) => boolean): Set<number> {
  const found = new Set<number>();
  let left = 0;
  for (const [at, line] of lines.entries()) {
    if (SIGNATURE.test(line)) left = LONGEST_SIGNATURE;
    else if (isAnother(at) || QUOTE.test(line)) left = 0;
    if (left-- > 0) found.add(at);
  }
  return found;
}

const isAppended = (line: string) => FORWARDED.test(line) || DEVICE.test(line) || CONFIDENTIAL.test(line);

function withoutQuoteMark(line: string, own: ReadonlySet<string>): string {
  const mark = QUOTE.exec(line)?.[0] ?? '';
  const isAgain = mark.split('>').length > 2 || own.has(line.slice(mark.length).trim());
  return mark !== '' && isAgain ? blank(line) : blank(mark) + line.slice(mark.length);
}
