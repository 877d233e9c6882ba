/** Imported first: the schema library compiles with `new Function` unless told not to, which the page's policy refuses. */
import { config } from 'zod';

config({ jitless: true });
