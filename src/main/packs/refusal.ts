/** Why something is not installed: the file at fault, what was got, what was expected and what to do. Always a message for a person. */
export class PackRefusal extends Error {
  /** `file` as the pack names it, or the name of what was to be imported; `problem` is a sentence or two. */
  constructor(
    readonly file: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${problem}`, options);
    this.name = 'PackRefusal';
  }
}

/** What a person can do about a pack that cannot be trusted or is damaged. */
export const GET_AGAIN = 'Get the pack again from where it came from.';
export const NOT_TRUSTED = 'Do not trust this pack.';
