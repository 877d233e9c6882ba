import { plural, type TextCounts } from '../counts';

export function Counts({ counts: { words, characters } }: { counts: TextCounts }) {
  return (
    <>
      <span>{plural(words, 'word')}</span>
      <span>{plural(characters, 'character')}</span>
    </>
  );
}
