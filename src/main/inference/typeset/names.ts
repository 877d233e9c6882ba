/** Names that a model joined: "Peter-Miller" for "Peter Miller", "Visual-Studio" for "Visual Studio". Pure. */

/** "J." or "Miller"; an abbreviation ("HTTP-Server") is no name's part. */
const PART = '\\p{Lu}(?:\\.|\\p{L}*\\p{Ll}[\\p{L}\\p{M}]*)';
const JOINED = new RegExp(`(?<![\\p{L}\\p{N}-])${PART}(?:-${PART})+(?![\\p{L}\\p{N}-])`, 'gu');

/** Apart again where the source has the very same words apart; a compound that goes on ("Visual-Studio-Projekt") keeps its hyphens. */
export const partedNames = (source: string, target: string): string =>
  target.replace(JOINED, (joined) => {
    const name = joined.replaceAll('-', ' ');
    return hasWords(source, name) ? name : joined;
  });

function hasWords(source: string, words: string): boolean {
  for (let at = source.indexOf(words); at >= 0; at = source.indexOf(words, at + 1)) {
    if (!/[\p{L}\p{N}-]$/u.test(source.slice(0, at)) && !/^[\p{L}\p{N}-]/u.test(source.slice(at + words.length))) return true;
  }
  return false;
}
