/** A file of another program cannot be taken over; the message is for a person: what was got, what was expected, what to do. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
}
