/** What a call that failed says; main words its errors for a person. */
export function errorWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
