/** Why something is not installed: the file at fault, what was got, what was expected and what to do. Always a message for a person. */
import { reason } from '../reasons';

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
export const getAgain = () => reason`Get the pack again from where it came from.`;
export const notTrusted = () => reason`Do not trust this pack.`;

/** What has to be known of a model before it can be imported. */
export interface ImportQuestion {
  /** Of what was chosen. */
  name: string;
  family: string;
  /** Languages it knows; null: it does not say. */
  offered: string[] | null;
  /** Whether the model may have to be asked with words before the text. */
  asksPrefix: boolean;
}

/** Not refused: the import goes on when this is answered. */
export class PackQuestion extends Error {
  constructor(readonly question: ImportQuestion) {
    super(reason`${question.name} is a ${question.family} model that does not say which languages it translates. Say them.`);
    this.name = 'PackQuestion';
  }
}
