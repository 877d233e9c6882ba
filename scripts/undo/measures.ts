/**
 * Every measure that SECURITY.md tells of, and how it is undone: `without` leaves out or replaces one piece of a file, and then `test`, a file and
 * a part of a test's name, must fail.
 */
export interface Measure {
  readonly name: string;
  readonly file: string;
  /** Stands in the file once. */
  readonly piece: string;
  readonly without: string;
  readonly test: readonly [file: string, name: string];
}

type Test = Measure['test'];

const measure = (name: string, file: string, piece: string, without: string, test: Test): Measure => ({ name, file, piece, without, test });
const unit = (name: string): string => `test/unit/main/${name}.test.ts`;

const HARDENING = 'src/main/hardening.ts';
const hardening = (name: string, piece: string, without: string, test: string) =>
  measure(name, HARDENING, piece, without, [unit('hardening'), test]);

const PREFERENCES: Test = [unit('page-preferences'), 'a page has its sandbox'];
const preference = (name: string, piece: string, without: string) =>
  measure(name, 'src/main/page-preferences.ts', piece, without, PREFERENCES);
const added = (name: string, line: string) => preference(name, '  webviewTag: false,\n', `  webviewTag: false,\n  ${line},\n`);

const POLICY = 'src/main/app-protocol.ts';
const COMES_UNDER: Test = [unit('app-protocol'), 'index.html comes under a policy'];
const directives =
  "default-src 'none';script-src 'self';style-src 'self';connect-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types 'none'";
const header = (name: string) => measure(`header ${name}`, POLICY, `  '${name}':`, `  'X-${name}':`, COMES_UNDER);

const BUILDER = 'electron-builder.yml';
const CONFIG = 'test/unit/scripts/builder-config.test.ts';
const fuse = (name: string, is: boolean) =>
  measure(`19 fuse ${name}`, BUILDER, `${name}: ${String(is)}`, `${name}: ${String(!is)}`, [CONFIG, 'the fuses leave no way']);

const DOOR = 'src/main/app-api.ts';
const LINT = 'test/unit/scripts/offline.test.ts';
const PRELOAD = 'src/preload/index.ts';
const PRELOADED = 'test/unit/preload/preload.test.ts';
const SWITCHES = 'src/main/command-line.ts';
const RULES = 'scripts/eslint/offline.js';
const ESLINT = 'eslint.config.js';
const IMPORTS = 'src/main/packs/import.ts';
const SOURCES = 'src/main/packs/source.ts';
const HOSTILE = 'test/integration/hostile-packs.test.ts';
const SILENT = 'test/unit/scripts/silent-runtime.test.ts';

export const MEASURES: readonly Measure[] = [
  hardening('1 own content only', "new Set(['app:',", "new Set(['https:', 'app:',", 'a request for https'),
  preference('2 no Node', 'nodeIntegration: false', 'nodeIntegration: true'),
  preference('3 context isolation', 'contextIsolation: true', 'contextIsolation: false'),
  preference('4 sandbox of the page', 'sandbox: true', 'sandbox: false'),
  measure('4 sandbox of every page', SWITCHES, ' app.enableSandbox();', ' return;', [unit('command-line'), 'every page is in a sandbox']),
  hardening('5 permissions asked for', 'answer(false)', 'answer(true)', 'no permission is given'),
  hardening('5 permissions checked', 'CheckHandler(() => false)', 'CheckHandler(() => true)', 'no permission is given'),
  hardening('5 devices', 'DevicePermissionHandler(() => false)', 'DevicePermissionHandler(() => true)', 'no permission is given'),
  preference('6 web security', 'webSecurity: true', 'webSecurity: false'),
  ...directives.split(';').map((directive) => measure(`7 policy ${directive}`, POLICY, `  "${directive}",\n`, '', COMES_UNDER)),
  measure('7 policy, own scripts', POLICY, '"script-src \'self\'"', "\"script-src 'self' 'unsafe-inline'\"", COMES_UNDER),
  ...['X-Content-Type-Options', 'Cross-Origin-Opener-Policy', 'Cross-Origin-Embedder-Policy', 'Referrer-Policy'].map(header),
  added('8 no insecure content', 'allowRunningInsecureContent: true'),
  added('9 no experimental features', 'experimentalFeatures: true'),
  added('10 no Blink features', "enableBlinkFeatures: 'CSSVariables'"),
  preference('11 no webviews', 'webviewTag: false', 'webviewTag: true'),
  hardening(
    '12 webviews refused',
    "event.preventDefault();\n      refusals.note('frame'",
    "refusals.note('frame'",
    'no webview is attached',
  ),
  hardening('13 navigation', "event.preventDefault();\n      refusals.note('nav", "refusals.note('nav", 'no frame goes to https'),
  hardening('14 new windows', "action: 'deny'", "action: 'allow'", 'no window is opened'),
  measure('15 openExternal', RULES, "property: 'openExternal'", "property: 'openOutside'", [LINT, 'openExternal']),
  measure('16 Electron is pinned', 'package.json', '"electron": "', '"electron": "^', [
    'test/unit/scripts/electron-version.test.ts',
    'Electron is one',
  ]),
  measure('17 the sender’s frame', DOOR, 'frame === sender.mainFrame && ', '', [unit('app-api'), 'listPacks is refused to a frame']),
  measure('17 the sender’s page', DOOR, ' && isOwnPage(frame.url)', '', [unit('app-api'), 'listPacks is refused to a frame']),
  measure('17 known calls', DOOR, 'Object.hasOwn(APP_CALLS, name)', 'name in APP_CALLS', [unit('app-api'), 'there is no call toString']),
  measure('17 arguments', DOOR, 'SCHEMAS[name].parse(argument)', 'argument as never', [unit('app-api'), 'with what it does not take']),
  measure('17 one door', RULES, "object: 'ipcMain'", "object: 'ipcDoor'", [LINT, 'ipcMain']),
  measure('18 one folder', 'src/main/app-page.ts', 'path.startsWith(folder + sep) && ', '', [unit('app-page'), '..%2f..%2fetc/passwd']),
  hardening('18 no file://', "new Set(['app:',", "new Set(['file:', 'app:',", 'a request for file'),
  ...['enableCookieEncryption', 'enableEmbeddedAsarIntegrityValidation', 'onlyLoadAppFromAsar'].map((name) => fuse(name, true)),
  ...['runAsNode', 'enableNodeOptionsEnvironmentVariable', 'enableNodeCliInspectArguments'].map((name) => fuse(name, false)),
  fuse('grantFileProtocolExtraPrivileges', false),
  measure('19 archive', BUILDER, 'asar: true', 'asar: false', [CONFIG, 'the archive has its hash']),
  measure('19 archive’s hash', BUILDER, 'asar: true', 'asar: true\ndisableAsarIntegrity: true', [CONFIG, 'the archive has its hash']),
  measure('20 no Electron in the page', PRELOAD, "MainWorld('app', app);", "MainWorld('app', { ...app, ipcRenderer });", [
    PRELOADED,
    'one object',
  ]),
  measure('20 no paths from a page', PRELOAD, "name === 'importPack' || ", '', [PRELOADED, 'cannot name paths to importPack']),
  measure('20 the port’s origin', PRELOAD, 'window.location.origin', "'*'", [PRELOADED, 'own origin alone']),
  hardening('dead proxy', "mode: 'fixed_servers', proxyRules: DEAD_PROXY", "mode: 'direct'", 'ends at a proxy'),
  hardening('downloads', "event.preventDefault();\n    refusals.note('down", "refusals.note('down", 'nothing is downloaded'),
  hardening('dictionaries', 'setSpellCheckerLanguages([])', "setSpellCheckerLanguages(['de'])", 'no dictionary'),
  hardening('WebRTC’s addresses', "'disable_non_proxied_udp'", "'default'", 'WebRTC tells no address'),
  measure('WebRTC removed', PRELOAD, "'WebTransport']) delete", "'WebTransport']) void", [PRELOADED, 'WebRTC and WebTransport are gone']),
  measure('no name is resolved', SWITCHES, 'MAP * ~NOTFOUND', 'MAP * localhost', [unit('command-line'), 'no name is resolved']),
  measure('background networking', SWITCHES, "  'disable-background-networking',\n", '', [
    unit('command-line'),
    'disable-background-networking',
  ]),
  measure('lint: network globals', ESLINT, "'error', ...OFFLINE_RULES", "'error'", [LINT, "fetch('https"]),
  measure('lint: the preload', ESLINT, 'rules: PRELOAD_RULES', "rules: { 'no-restricted-imports': 'off' }", [LINT, 'import { net }']),
  measure('lint: imports', ESLINT, "'tandem/process-boundaries': 'error', ", '', [LINT, 'imports are held']),
  measure('lint: text is no HTML', ESLINT, 'rules: TEXT_RULES', 'rules: {}', [LINT, 'innerHTML']),
  measure('a silent runtime, forked', 'src/main/packs/trial.ts', ', env: silentRuntime()', '', [SILENT, 'every process']),
  measure('a silent runtime, anyhow', 'src/main/inference/models/session.ts', '  silenceRuntime();\n', '', [SILENT, 'opens a session']),
  measure('hosts, not addresses', 'src/main/privacy/refusals.ts', 'hostOf(what)', 'what', [unit('privacy/refusals'), 'no address is kept']),
  measure('no text in the log', 'src/main/log.ts', 'withoutQuotes(line)', 'line', [unit('log'), 'without what they quote']),
  measure('macOS: no exceptions', 'resources/mac/entitlements.plist', 'cs.allow-jit', 'cs.disable-library-validation', [
    CONFIG,
    'macOS is asked',
  ]),
  measure('packs: hashes', IMPORTS, 'sha256 !== null && got !== sha256', "got === ''", [HOSTILE, 'a changed byte']),
  measure('packs: nothing left', IMPORTS, 'if (staging !== null) await rm(staging, { recursive: true, force: true });', '', [
    HOSTILE,
    'a changed byte',
  ]),
  measure('packs: links', SOURCES, 'const found = await lstat(full);', 'const found = await stat(full);', [HOSTILE, 'a link to a file']),
];
