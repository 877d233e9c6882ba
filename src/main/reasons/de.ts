/** German, by the English text of the code; `{0}` is where its first value stands. */
import { app } from './de/app';
import { containers } from './de/containers';
import { documents } from './de/documents';
import { formats } from './de/formats';
import { leftOut } from './de/left-out';
import { memory } from './de/memory';
import { packs } from './de/packs';
import { places } from './de/places';

export const GERMAN: Readonly<Record<string, string>> = {
  ...app,
  ...containers,
  ...documents,
  ...formats,
  ...leftOut,
  ...memory,
  ...packs,
  ...places,
};
