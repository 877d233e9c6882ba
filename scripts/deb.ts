#!/usr/bin/env -S node --import tsx
/**
 * A Debian package by dpkg-deb alone, for machines that cannot download fpm: electron-builder starts it in fpm's place
 * (CUSTOM_FPM_PATH), with fpm's arguments. Knows the ones electron-builder gives for a deb, and refuses any other.
 * Ownership is root's, whoever builds. fpm itself would write the same fields.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { type: 'string', short: 's' },
    t: { type: 'string', short: 't' },
    d: { type: 'string', short: 'd', multiple: true, default: [] },
    force: { type: 'boolean' },
    'deb-recommends': { type: 'string', multiple: true, default: [] },
    'deb-compression': { type: 'string', default: 'xz' },
    'deb-priority': { type: 'string', default: 'optional' },
    architecture: { type: 'string' },
    'after-install': { type: 'string' },
    'after-remove': { type: 'string' },
    category: { type: 'string', default: 'utils' },
    description: { type: 'string' },
    version: { type: 'string' },
    package: { type: 'string' },
    name: { type: 'string' },
    maintainer: { type: 'string' },
    vendor: { type: 'string' },
    url: { type: 'string' },
    license: { type: 'string' },
  },
});

function need(name: keyof typeof given): string {
  const value = given[name];
  if (typeof value !== 'string') throw new Error(`--${name} is missing; electron-builder gives it for every deb.`);
  return value;
}

/** Unbroken lines begin with a space, empty ones with a dot: a field's continuation. */
const continued = (text: string): string =>
  text
    .split('\n')
    .map((line, index) => (index === 0 ? line.trim() : ` ${line.trim() === '' ? '.' : line.trim()}`))
    .join('\n');

/** KiB of everything below a folder, as dpkg counts it: each file by itself, rounded up. */
function installedKib(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => lstatSync(join(folder, name)))
    .reduce((kib, entry) => kib + (entry.isFile() ? Math.ceil(entry.size / 1024) : 1), 0);
}

/** Whatever the builder's own files had: read by everyone, run where they run, written by root alone. */
function readableByAll(folder: string): void {
  for (const path of [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))]) {
    const found = lstatSync(path);
    if (!found.isSymbolicLink()) chmodSync(path, found.isDirectory() || (found.mode & 0o111) !== 0 ? 0o755 : 0o644);
  }
}

if (need('t') !== 'deb' || need('s') !== 'dir') throw new Error(`Makes deb from dir; was asked for ${need('t')} from ${need('s')}.`);

const root = mkdtempSync(join(tmpdir(), 'tandem-deb-'));
try {
  for (const mapping of positionals) {
    const [from = '', to = ''] = mapping.split('=');
    if (from === '' || !to.startsWith('/')) throw new Error(`${mapping} names no file and its place; expected <from>=</place>.`);
    const target = join(root, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true, verbatimSymlinks: true });
  }
  readableByAll(root);
  const kib = installedKib(root);
  const control = join(root, 'DEBIAN');
  mkdirSync(control);
  const fields = {
    Package: need('name'),
    Version: need('version'),
    License: need('license'),
    Vendor: need('vendor'),
    Architecture: need('architecture'),
    Maintainer: need('maintainer'),
    'Installed-Size': String(kib),
    Depends: given.d.join(', '),
    Recommends: given['deb-recommends'].join(', '),
    Section: given.category,
    Priority: given['deb-priority'],
    Homepage: need('url'),
    Description: continued(need('description')),
  };
  const lines = Object.entries(fields).filter(([, value]) => value !== '');
  writeFileSync(join(control, 'control'), lines.map(([name, value]) => `${name}: ${value}\n`).join(''));
  for (const [script, name] of [
    [need('after-install'), 'postinst'],
    [need('after-remove'), 'postrm'],
  ] as const) {
    cpSync(script, join(control, name));
    chmodSync(join(control, name), 0o755);
  }
  // fpm's word and dpkg's for the same.
  const compression = given['deb-compression'] === 'gz' ? 'gzip' : given['deb-compression'];
  const { status, stderr } = spawnSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', root, need('package')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`dpkg-deb failed (${String(status)}): ${stderr}`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
