import { describe, expect, it } from 'vitest';
import { withoutHesitation } from '../../../../../src/main/inference/summarize/speech';

const fluent = (line: string) => withoutHesitation(line).replace(/\s+/g, ' ').trim();

describe('withoutHesitation', () => {
  it.each([
    [
      "Right.   Well um I've noticed that uh gaming is becoming quite popular with television, um when I was younger we used it.",
      "Right. I've noticed that gaming is becoming quite popular with television, when I was younger we used it.",
    ],
    ["Yeah, it's it's taken out. Okay. Mm-hmm. well we agree.", "It's taken out. We agree."],
    ['mostly, you know, f four or five and and th that', 'mostly, four or five and that'],
    ['No, so far we have an answer in inner rooms.', 'No, so far we have an answer in inner rooms.'],
  ])('%j', (said, wanted) => expect(fluent(said)).toBe(wanted));

  it('is as long as it was', () => {
    const line = "Well um I've, uh, noticed that that.";
    expect(withoutHesitation(line)).toHaveLength(line.length);
  });
});
