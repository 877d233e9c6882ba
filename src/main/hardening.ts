/**
 * What keeps a page from anything but itself: no network, no permission, no other page, no new window.
 * The content security policy is app-protocol.ts's; what the page may ask main for is app-api.ts's.
 */
import type { App, Session } from 'electron';
import type { Refusals } from './privacy/refusals';

const OWN_SCHEMES = new Set(['app:', 'devtools:', 'blob:', 'data:']);
/** A port nothing listens on: should a request get past everything else, it ends here. */
const DEAD_PROXY = 'http://127.0.0.1:9';

/** `developmentOrigin`: where the development server serves the page, or null. */
export async function setupSession(session: Session, developmentOrigin: string | null, refusals: Refusals): Promise<void> {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    refusals.note('permission', permission);
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Without the first, Chromium fetches dictionaries at start although the checker is off.
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !isAllowed(details.url, developmentOrigin);
    if (cancel) refusals.note('request', details.url);
    answer({ cancel });
  });
  session.on('will-download', (event, item) => {
    event.preventDefault();
    refusals.note('download', item.getURL());
  });
  if (developmentOrigin === null)
    await session.setProxy({ mode: 'fixed_servers', proxyRules: DEAD_PROXY, proxyBypassRules: '<-loopback>' });
}

function isAllowed(url: string, developmentOrigin: string | null): boolean {
  const { protocol, origin } = new URL(url);
  if (OWN_SCHEMES.has(protocol)) return true;
  return developmentOrigin !== null && origin.replace(/^ws/, 'http') === developmentOrigin;
}

/** For every page there will ever be, whoever makes it. */
export function setupContents(app: Pick<App, 'on'>, developmentOrigin: string | null, refusals: Refusals): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      refusals.note('window', url);
      return { action: 'deny' };
    });
    // The page is loaded once by main; it never goes anywhere by itself. The development server's page reloads itself.
    contents.on('will-frame-navigate', (event) => {
      if (developmentOrigin !== null && new URL(event.url).origin === developmentOrigin) return;
      event.preventDefault();
      refusals.note('navigation', event.url);
    });
    contents.on('will-attach-webview', (event, _preferences, { src = '' }) => {
      event.preventDefault();
      refusals.note('frame', src);
    });
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}
