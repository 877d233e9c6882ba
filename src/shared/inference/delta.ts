/** How what is written grows. */
/** Keep the first `keep` units of what was there, then append. One shape for greedy, beam and repair; ids and text. */
export interface Delta<T> {
  keep: number;
  append: T;
}

/** `keep` counts UTF-16 code units. */
export function applyTextDelta(text: string, delta: Delta<string>): string {
  return text.slice(0, delta.keep) + delta.append;
}
