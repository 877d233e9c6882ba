/** Where guesses at the next tokens come from. */
export interface DraftSource {
  /**
   * Up to `most` tokens that may follow `written`, fewer or none where it has no good guess.
   * `written`: ids without start and end of sentence. It may be anything from one call to the next; it mostly grows.
   */
  draft(written: readonly number[], most: number): Promise<readonly number[]>;
}
