import type { EngineError } from '../../shared/inference/engine';

/** An EngineError on its way up to the request it ends. */
export class EngineFailure extends Error {
  constructor(
    readonly code: EngineError['code'],
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EngineFailure';
  }
}

/** What the client is told about anything thrown; unforeseen errors are `internal`. */
export function toEngineError(thrown: unknown): EngineError {
  if (thrown instanceof EngineFailure) return { code: thrown.code, message: thrown.message };
  return { code: 'internal', message: `The engine failed: ${thrown instanceof Error ? thrown.message : String(thrown)}` };
}
