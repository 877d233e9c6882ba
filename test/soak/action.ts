/** What a walk is made of. */
import type { World } from './world';

/** Something a person does. Throws only where the app is at fault. */
export interface Action {
  readonly name: string;
  /** How often, against the others. */
  readonly weight: number;
  /** Absent: always. */
  possible?(world: World): boolean | Promise<boolean>;
  run(world: World): Promise<void>;
}

/** Something that happens to the app. */
export interface Disturbance {
  readonly name: string;
  readonly weight: number;
  possible?(world: World): boolean | Promise<boolean>;
  /** Begins it; what it gives ends it, and throws where the app did not say what happened. */
  begin(world: World): Promise<() => Promise<void>>;
}
