/** Set by electron.vite.config.ts: the commit this page was built from, `-dirty` when with changes, `unknown` outside of a repository. */
declare const BUILD_COMMIT: string;

export const buildCommit = BUILD_COMMIT;
