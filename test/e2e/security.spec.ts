/** Electron's checklist, as far as it can be seen from inside. Each test fails when what it names is undone. */
import { CHANNELS } from '../../src/shared/channels';
import { expect, test } from './app';

test('the page runs in a sandbox, in a world of its own, without Node', async ({ app }) => {
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    // Not in the published types; what the page really has.
    return (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
  // Absent is off: neither mixed content nor features of Blink that no release has.
  for (const name of [
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'webviewTag',
    'nodeIntegrationInSubFrames',
  ]) {
    expect([name, Boolean(preferences[name])]).toEqual([name, false]);
  }
  const globals = await app.page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window));
  expect(globals).toEqual([]);
  // What is dropped comes by calls of its own: the page names no paths.
  expect(await app.page.evaluate(() => Object.keys(window.app).sort())).toEqual([
    'addDroppedDocuments',
    'call',
    'importDroppedPack',
    'on',
    'readDropped',
  ]);
});

test('is served from its own scheme, under a policy that lets nothing in', async ({ app }) => {
  expect(await app.page.evaluate(() => [location.origin, isSecureContext])).toEqual(['app://tandem', true]);
  const refused = await app.page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
    const script = document.createElement('script');
    // What the debugger runs at once is let through; a later task is the page's own.
    await new Promise((resolve) => setTimeout(resolve));
    const outcome = {
      fetch: await fetch('https://example.com').then(
        () => 'loaded',
        () => 'refused',
      ),
      ownFetch: await fetch('app://tandem/index.html').then(
        () => 'loaded',
        () => 'refused',
      ),
      eval: attempt(() => (0, eval)('1')),
      html: attempt(() => (document.createElement('div').innerHTML = '<b>x</b>')),
      inlineScript: attempt(() => (script.text = '1')),
    };
    const image = new Image();
    await new Promise((resolve) => {
      image.onerror = resolve;
      image.src = 'https://example.com/x.png';
    });
    return { outcome, violations: [...new Set(violations)].sort() };

    function attempt(action: () => unknown): string {
      try {
        action();
        return 'ran';
      } catch {
        return 'refused';
      }
    }
  });
  expect(refused.outcome).toEqual({ fetch: 'refused', ownFetch: 'refused', eval: 'refused', html: 'refused', inlineScript: 'refused' });
  expect(refused.violations).toEqual(expect.arrayContaining(['connect-src', 'img-src', 'require-trusted-types-for']));
  // Those were asked for.
  app.pageErrors.length = 0;
});

test('lets no page in a page, and no file that is not the page’s', async ({ app }) => {
  const outcome = await app.page.evaluate(async () => {
    const webview = document.createElement('webview');
    document.body.append(webview);
    const hasGuest = 'getWebContentsId' in webview;
    webview.remove();
    const frame = document.createElement('iframe');
    const violation = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
    });
    frame.src = 'app://tandem/index.html';
    document.body.append(frame);
    const directive = await violation;
    frame.remove();
    return { hasGuest, directive };
  });
  expect(outcome).toEqual({ hasGuest: false, directive: 'frame-src' });
  // What main itself may fetch of the scheme, and a page may not.
  const statuses = await app.electron.evaluate(({ session }) =>
    Promise.all(
      ['index.html', '..%2f..%2fpackage.json', '%2e%2e/main/index.js', 'index.js.map'].map((name) =>
        session.defaultSession.fetch(`app://tandem/${name}`).then(({ status }) => status),
      ),
    ),
  );
  expect(statuses).toEqual([200, 404, 404, 404]);
  app.pageErrors.length = 0;
});

test('hands no address to another program and downloads nothing', async ({ app }) => {
  await app.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'data:text/plain,x';
    link.download = 'x.txt';
    document.body.append(link);
    link.click();
    link.href = 'mailto:someone@example.com';
    link.removeAttribute('download');
    link.click();
    link.remove();
  });
  await expect.poll(() => app.log()).toContain('download refused');
  await expect.poll(() => app.log()).toContain('navigation refused');
  app.pageErrors.length = 0;
});

test('has no WebRTC', async ({ app }) => {
  const names = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'WebTransport'];
  expect(await app.page.evaluate((all) => all.filter((name) => name in window), names)).toEqual([]);
  // An empty frame has a world of its own, where the preload does not run; there it finds no way out.
  const addresses = await app.page.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const world = frame.contentWindow as Window & { RTCPeerConnection: typeof RTCPeerConnection };
    const connection = new world.RTCPeerConnection({ iceServers: [{ urls: 'stun:93.184.216.34:3478' }] });
    const found: string[] = [];
    const done = new Promise<void>((resolve) => {
      connection.onicecandidate = ({ candidate }) => (candidate === null ? resolve() : void found.push(candidate.candidate));
    });
    connection.createDataChannel('out');
    await connection.setLocalDescription(await connection.createOffer());
    await done;
    frame.remove();
    return found.filter((address) => address !== '');
  });
  expect(addresses).toEqual([]);
});

test('resolves no name, and has a proxy that is not there before every address', async ({ app }) => {
  const found = await app.electron.evaluate(async ({ session: { defaultSession } }) => ({
    proxies: await Promise.all(['https://example.com/', 'http://127.0.0.1:5173/'].map((url) => defaultSession.resolveProxy(url))),
    // Which every machine knows.
    host: await defaultSession.resolveHost('localhost').then(
      () => 'resolved',
      () => 'refused',
    ),
  }));
  expect(found).toEqual({ proxies: ['PROXY 127.0.0.1:9', 'PROXY 127.0.0.1:9'], host: 'refused' });
});

test('gives no permission', async ({ app }) => {
  const answers = await app.page.evaluate(async () => {
    const asked = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'] as PermissionName[];
    const states = await Promise.all(asked.map((name) => navigator.permissions.query({ name }).then(({ state }) => state)));
    return { states: [...new Set(states)], notification: await Notification.requestPermission() };
  });
  expect(answers).toEqual({ states: ['denied'], notification: 'denied' });
});

test('goes nowhere else and opens nothing', async ({ app }) => {
  const before = app.page.url();
  expect(await app.page.evaluate(() => window.open('https://example.com'))).toBeNull();
  await app.page.evaluate(() => {
    location.href = 'https://example.com';
  });
  await app.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'file:///etc/passwd';
    document.body.append(link);
    link.click();
    link.remove();
  });
  await expect.poll(() => app.log()).toContain('navigation refused');
  expect(await app.log()).toContain('new window refused');
  expect(app.page.url()).toBe(before);
  expect(app.electron.windows()).toHaveLength(1);
  app.pageErrors.length = 0;
});

test('its door refuses unknown calls, wrong arguments and other pages', async ({ app }) => {
  const refusal = (name: string, argument: unknown) =>
    app.page.evaluate(
      ([call, given]) =>
        window.app.call(call as 'listPacks', given as Record<string, never>).then(
          () => 'answered',
          (error: unknown) => (error instanceof Error ? error.message : ''),
        ),
      [name, argument] as const,
    );
  expect(await refusal('toString', {})).toContain('There is no call');
  expect(await refusal('listPacks', { extra: 1 })).toContain('extra');
  expect(await refusal('changeSettings', { theme: 'pink' })).toContain('theme');
  expect(await refusal('copyText', null)).toContain('expected object');
  // Only what a person drops has a path.
  expect(await refusal('addDocuments', { paths: ['/etc/hostname'] })).toContain('A page names no paths');

  const fromElsewhere = await app.electron.evaluate(async ({ BrowserWindow, app: electronApp }, channel) => {
    const preload = `${electronApp.getAppPath()}/out/preload/index.cjs`;
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await other.loadURL('data:text/html,<p>not the app</p>');
    const answer = (await other.webContents.executeJavaScript(
      `window.app.call('getSettings', {}).then(() => 'answered', (error) => error.message)`,
    )) as string;
    other.destroy();
    return `${channel} ${answer}`;
  }, CHANNELS.call);
  expect(fromElsewhere).toBe(`${CHANNELS.call} This page may not call the app.`);
});
