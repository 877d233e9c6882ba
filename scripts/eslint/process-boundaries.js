/**
 * "A folder is a process": which folders and packages a folder may import. One table, one rule.
 * The innermost folder that matches a file speaks for it.
 */
import { isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';

/**
 * @typedef {object} Boundary
 * @property {string[]} folders Folders of this repository it may import, with what is below them.
 * @property {RegExp} packages Packages it may import.
 * @property {boolean} node Whether Node's own modules exist there. Network modules are never allowed.
 */

/** @type {Record<string, Boundary>} */
const BOUNDARIES = {
  'src/shared': { folders: ['src/shared'], packages: /^zod$/, node: false },
  'src/renderer': { folders: ['src/renderer', 'src/shared'], packages: /^(?!electron|onnxruntime|playwright|@playwright)/, node: false },
  'src/preload': { folders: ['src/preload', 'src/shared'], packages: /^electron$/, node: false },
  'src/main': { folders: ['src/main', 'src/shared'], packages: /^(?!onnxruntime|react)/, node: true },
  // Jobs run under the command line as well, without Electron.
  'src/main/documents': { folders: ['src/main', 'src/shared'], packages: /^(?!electron|onnxruntime|react)/, node: true },
  // So does their memory.
  'src/main/memory': { folders: ['src/main', 'src/shared'], packages: /^(?!electron|onnxruntime|react)/, node: true },
  'src/main/inference': {
    folders: ['src/main/inference', 'src/shared'],
    packages: /^(onnxruntime-node|onnxruntime-common|zod|eld(\/.*)?|@huggingface\/tokenizers)$/,
    node: true,
  },
  // Strategies know a Decoder; not how it runs, not text, not a clock, not a port.
  'src/main/inference/decode': { folders: ['src/main/inference', 'src/shared'], packages: /^$/, node: false },
  // The same engine without a window: the inference process's code under plain Node, and the packs on disk.
  'src/cli': {
    folders: [
      'src/cli',
      'src/main/documents',
      'src/main/facts',
      'src/main/inference',
      'src/main/inference-host',
      'src/main/memory',
      'src/main/packs',
      'src/main/providers',
      'src/shared',
    ],
    packages: /^(?!electron|react)/,
    node: true,
  },
};

/** The one way from main to the inference process is to fork it. */
const NEVER = {
  'src/main': ['src/main/inference'],
  'src/main/documents': ['src/main/inference'],
  'src/main/memory': ['src/main/inference'],
};

const NETWORK = new Set(
  'http https http2 net tls dgram dns inspector undici ws axios got ky superagent node-fetch cross-fetch socket.io-client electron-updater'.split(
    ' ',
  ),
);

/** @param {string} path */
function boundaryOf(path) {
  const inside = Object.keys(BOUNDARIES).filter((folder) => path.startsWith(`${folder}/`));
  return inside.sort((a, b) => b.length - a.length)[0];
}

/**
 * Why `source` may not be imported by the file at `path` (both relative to the repository), or null.
 * @param {string} path
 * @param {string} source
 */
export function importProblem(path, source) {
  const folder = boundaryOf(path);
  if (folder === undefined) return null;
  const boundary = BOUNDARIES[folder];
  if (source.startsWith('.')) {
    const target = join(dirname(path), source).split(sep).join('/');
    const within = (/** @type {string} */ allowed) => target === allowed || target.startsWith(`${allowed}/`);
    const allowed = boundary.folders.some(within) && !(NEVER[folder] ?? []).some(within);
    return allowed ? null : `${folder} may import from ${boundary.folders.join(', ')}; not from ${target}.`;
  }
  const name = source.replace(/^node:/, '');
  if (NETWORK.has(name.split('/')[0])) return `The app is offline: ${source} is a network module.`;
  if (isBuiltin(source)) return boundary.node ? null : `${folder} has no Node modules; not ${source}.`;
  return boundary.packages.test(source) ? null : `${folder} may not import the package ${source}.`;
}

/** @type {import('eslint').Rule.RuleModule} */
export const processBoundaries = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const path = relative(context.cwd, context.filename).split(sep).join('/');
    /** @param {any} node */
    const check = (node) => {
      const source = node.source;
      if (source === null || source.type !== 'Literal' || typeof source.value !== 'string') return;
      const message = importProblem(path, source.value);
      if (message !== null) context.report({ node: source, message });
    };
    return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
  },
};
