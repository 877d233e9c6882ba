/** The lines of a text, without their ends; offsets in UTF-16 code units. */

const LINE = /([^\r\n]*)(?:\r\n|\n|\r|$)/y;

export interface TextLine {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function* textLines(text: string): Generator<TextLine> {
  for (let start = 0; start < text.length; start = LINE.lastIndex) {
    LINE.lastIndex = start;
    const content = LINE.exec(text)?.[1] ?? '';
    yield { start, end: start + content.length, text: content };
  }
}
