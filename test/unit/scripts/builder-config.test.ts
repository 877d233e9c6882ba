/** What is packaged, for the systems that nothing is built for here as well. What a build holds is `test/package`'s to show. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { FORMATS } from '../../../src/main/documents/known-formats';

const configSchema = z.looseObject({
  asar: z.boolean(),
  asarUnpack: z.array(z.string()),
  electronFuses: z.record(z.string(), z.boolean()),
  linux: z.looseObject({ icon: z.string(), mimeTypes: z.array(z.string()) }),
  mac: z.looseObject({
    icon: z.string(),
    hardenedRuntime: z.boolean(),
    entitlements: z.string(),
    entitlementsInherit: z.string(),
    notarize: z.boolean(),
    fileAssociations: z.array(z.looseObject({ ext: z.array(z.string()), role: z.string(), rank: z.string() })),
  }),
  win: z.looseObject({ icon: z.string() }),
  nsis: z.looseObject({ include: z.string() }),
});
const given: unknown = parse(readFileSync('electron-builder.yml', 'utf8'));
const config = configSchema.parse(given);

/** What electron-builder itself does first; throws with what is wrong. Its package does not export it. */
const { validateConfiguration } = createRequire(resolve('node_modules/electron-builder/package.json'))(
  'app-builder-lib/out/util/config/config',
) as { validateConfiguration(config: unknown, debugLogger: { isEnabled: boolean }): Promise<void> };

test('electron-builder knows every key and takes every value', async () => {
  await validateConfiguration(given, { isEnabled: false });
  const { nsis, ...others } = config;
  const misspelt = validateConfiguration({ ...others, nsis: { ...nsis, oneclick: false } }, { isEnabled: false });
  await expect(misspelt).rejects.toThrow('configuration.nsis should be one of these');
});

test('the fuses leave no way into the program but its own archive, and a signature that Apple’s processors take', () => {
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  });
});

test('the archive has its hash in the program, and nothing lies beside it but native libraries', () => {
  expect(config.asar).toBe(true);
  expect(Object.keys(config)).not.toEqual(expect.arrayContaining(['disableAsarIntegrity']));
  expect(config.asarUnpack).toEqual(['**/*.{node,so,so.*,dylib,dll}']);
});

test('macOS is asked for code that V8 writes, and for no other exception', () => {
  const { hardenedRuntime, notarize, entitlements, entitlementsInherit } = config.mac;
  expect([hardenedRuntime, notarize]).toEqual([true, true]);
  expect(entitlementsInherit).toBe(entitlements);
  const keys = readFileSync(entitlements, 'utf8').matchAll(/<key>(.*?)<\/key>\s*<(\w+)\/>/g);
  expect([...keys].map(([, key, value]) => [key, value])).toEqual([['com.apple.security.cs.allow-jit', 'true']]);
});

test('every file that is named is there', () => {
  const { linux, mac, win, nsis } = config;
  const named = [linux.icon, mac.icon, mac.entitlements, win.icon, nsis.include];
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

test('macOS and Windows offer the app for every format that it reads, and make it the first choice for none', () => {
  const known = FORMATS.flatMap(({ extensions }) => extensions).sort();
  const { fileAssociations } = config.mac;
  expect(fileAssociations.flatMap(({ ext }) => ext).sort()).toEqual(known);
  expect(new Set(fileAssociations.map(({ role, rank }) => `${role} ${rank}`))).toEqual(new Set(['Viewer Alternate']));
  const windows = readFileSync(config.nsis.include, 'utf8').matchAll(/supportType "\.(\w+)"/g);
  expect([...windows].map(([, extension]) => extension).sort()).toEqual(known);
  expect(new Set(config.linux.mimeTypes).size).toBe(config.linux.mimeTypes.length);
});
