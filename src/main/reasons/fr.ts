/** French, by the English text of the code; `{0}` is where its first value stands. */
import { app } from './fr/app';
import { containers } from './fr/containers';
import { documents } from './fr/documents';
import { formats } from './fr/formats';
import { leftOut } from './fr/left-out';
import { memory } from './fr/memory';
import { packs } from './fr/packs';
import { places } from './fr/places';

export const FRENCH: Readonly<Record<string, string>> = {
  ...app,
  ...containers,
  ...documents,
  ...formats,
  ...leftOut,
  ...memory,
  ...packs,
  ...places,
};
