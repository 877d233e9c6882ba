import { type AppApi } from '../shared/app-api';

declare global {
  interface Window {
    /** Exposed by the preload. */
    readonly app: AppApi;
  }
}
