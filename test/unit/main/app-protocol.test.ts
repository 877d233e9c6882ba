/** What `app://` answers. That Chromium heeds it is `test/e2e/security.spec.ts`'s to show. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CustomScheme } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { registerAppScheme, setupAppProtocol } from '../../../src/main/app-protocol';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-page-'));
  for (const name of ['index.html', 'main.js', 'notes.txt']) await writeFile(join(folder, name), name);
});
afterEach(() => rm(folder, { recursive: true }));

async function answer(url: string): Promise<Response> {
  let handler: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 500 });
  setupAppProtocol({ handle: (_scheme, given) => (handler = given) }, folder);
  return handler(new Request(url));
}

test.each(['index.html', 'main.js', 'absent.js'])('%s comes under a policy that lets nothing in', async (name) => {
  const { headers } = await answer(`app://tandem/${name}`);
  const directives = (headers.get('Content-Security-Policy') ?? '').split('; ').map((directive) => directive.split(' '));
  const policy: Record<string, string[]> = {};
  for (const [name = '', ...sources] of directives) policy[name] = sources;
  expect(policy).toEqual({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ["'none'"],
  });
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
});

test('the folder’s own files of the page’s kinds are served, and nothing else', async () => {
  const found = await answer('app://tandem/main.js');
  expect([found.status, found.headers.get('Content-Type'), await found.text()]).toEqual([200, 'text/javascript; charset=utf-8', 'main.js']);
  for (const name of ['notes.txt', 'absent.js', '..%2f..%2fmain.js']) expect((await answer(`app://tandem/${name}`)).status, name).toBe(404);
  expect((await answer('app://other/main.js')).status).toBe(404);
});

test('the scheme has an origin and is secure, and may neither fetch nor pass the policy by', () => {
  const schemes: CustomScheme[] = [];
  registerAppScheme({ registerSchemesAsPrivileged: (given) => schemes.push(...given) });
  expect(schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } }]);
});
