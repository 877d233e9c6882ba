/** The unpacked folder: it translates with what is in it, its fuses are set, and nothing is in it that this system does not need. */
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURE_PACKS, REPOSITORY } from '../e2e/app';
import { openEnginePort } from '../e2e/engine-port';
import { programIn, SHIPPED, withInstalledApp } from './installed';

const RESOURCES = join(SHIPPED, 'resources');
/** How the wire says off and on; the package does not export its names for them. */
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);
const EXECUTABLE = programIn(SHIPPED);

test('starts and translates', async () => {
  await withInstalledApp(EXECUTABLE, [`--packs-only=${FIXTURE_PACKS}`], async (page) => {
    await openEnginePort(page);
    expect(await page.evaluate(() => window.specPort.run('Good morning.', 'hybrid'))).toMatchObject({ end: 'done' });
    // The memory's native library is packed as well.
    expect(await page.evaluate(() => window.app.call('describeMemory', {}))).toEqual({ languages: [], notice: null });
  });
});

test('brings its packs, byte for byte, and translates with them', async () => {
  const bundled = readdirSync(join(REPOSITORY, 'resources', 'packs')).sort();
  expect(bundled).toEqual(['tandem-small', 'tandem-summary']);
  for (const name of bundled) {
    expect(readdirSync(join(RESOURCES, 'packs', name)).sort()).toEqual(readdirSync(join(REPOSITORY, 'resources', 'packs', name)).sort());
  }
  await withInstalledApp(EXECUTABLE, [], async (page) => {
    const packs = await page.evaluate(() => window.app.call('listPacks', {}));
    expect(packs.map((pack) => pack.state === 'ok' && pack.manifest.id).sort()).toEqual(bundled);
    await openEnginePort(page, 'tandem-small');
    expect(await page.evaluate(() => window.specPort.run('Good morning.', 'hybrid'))).toMatchObject({ end: 'done' });
  });
});

test('its fuses are set', async () => {
  const wire = await getCurrentFuseWire(EXECUTABLE);
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  const on = [FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseV1Options.OnlyLoadAppFromAsar];
  expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => OFF));
  expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => ON));
});

test('carries no loose application', () => {
  expect(existsSync(join(RESOURCES, 'default_app.asar'))).toBe(false);
  expect(existsSync(join(RESOURCES, 'app'))).toBe(false);
});

test('carries nothing that is for other systems, other languages or developers', () => {
  const files = readdirSync(SHIPPED, { recursive: true, encoding: 'utf8' });
  const native = files.filter((name) => /\.(node|dll|dylib)$|\.so[.\d]*$/.test(name) && name.includes('node_modules'));
  const own = `linux-${process.arch}-gnu`;
  expect(native.map((name) => name.replace(/.*node_modules\//, '')).sort()).toEqual([
    `@libsql/${own}/index.node`,
    `onnxruntime-node/bin/napi-v6/linux/${process.arch}/libonnxruntime.so.1`,
    `onnxruntime-node/bin/napi-v6/linux/${process.arch}/onnxruntime_binding.node`,
  ]);
  expect(readdirSync(join(SHIPPED, 'locales')).sort()).toEqual(['de.pak', 'en-GB.pak', 'en-US.pak', 'fr.pak']);
  const packed = [...files, ...listPackage(join(RESOURCES, 'app.asar'), { isPack: false })];
  expect(packed.filter((name) => /\.(map|ts|tsx)$|\/(darwin|win32)\//.test(name))).toEqual([]);
});
