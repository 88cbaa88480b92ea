// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell writes its variables like that
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { diskInstallMeans } from '../cli/install-means.ts';
import { children } from '../io/children.ts';
import { installMusl, type MuslRequest } from './install-musl.ts';

// With a source that is none but behaves like musl's: building the real one takes a minute.
const folder = mkdtempSync(join(tmpdir(), 'gomusl-install-musl-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const makefile =
  'all:\n\ttest "$(FAIL)" = ""\ninstall:\n\tmkdir -p $(DESTDIR)$(prefix)/bin\n\tcp arguments $(DESTDIR)$(prefix)/bin/musl-gcc\n';
const configure =
  '#!/bin/sh\necho "$@" > arguments\nprefix=${1#--prefix=}\n{ echo "prefix = $prefix"; cat rest; } > Makefile\n';

function source(name: string, files: Record<string, string>): string {
  const tree = join(folder, `${name}.tree/musl`);
  mkdirSync(tree, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(tree, path), text, { mode: 0o755 });
  execFileSync('tar', ['-czf', join(folder, name), '-C', join(tree, '..'), 'musl']);
  return join(folder, name);
}

const good = source('musl.tar.gz', { VERSION: '1.2.4\n', configure, rest: makefile });
const cacheFolder = join(folder, 'cache');
const install = (request: Partial<MuslRequest>, environment: Record<string, string> = {}) =>
  installMusl(
    { source: good, version: null, prefix: null, goarch: 'amd64', cross: null, ...request },
    diskInstallMeans(cacheFolder),
    { processes: children, environment: { ...process.env, ...environment }, say: () => undefined },
  );

it('stands in the cache under the version of its source, and is told where', async () => {
  const place = await install({});
  expect(place).toBe(join(cacheFolder, 'toolchains/musl-1.2.4'));
  expect(readFileSync(join(place, 'bin/musl-gcc'), 'utf8')).toBe(`--prefix=${place} --syslibdir=${place}/lib\n`);
});

it('stands where --prefix says, and for another architecture beside the first', async () => {
  const prefix = join(folder, 'my-musl');
  expect(await install({ prefix })).toBe(prefix);
  expect(existsSync(join(prefix, 'bin/musl-gcc'))).toBe(true);
  expect(statSync(prefix).mode & 0o777).toBe(0o777 & ~process.umask());
  await expect(install({ prefix })).rejects.toThrow('there is something at --prefix already');
  const cross = await install({ goarch: 'arm64', cross: 'aarch64-linux-gnu' });
  expect(cross).toBe(join(cacheFolder, 'toolchains/musl-1.2.4-arm64'));
  expect(readFileSync(join(cross, 'bin/musl-gcc'), 'utf8')).toContain('--target=aarch64-linux-gnu');
});

it('leaves nothing behind of what does not build', async () => {
  const failing = source('failing.tar.gz', { VERSION: '1.1.1\n', configure, rest: makefile });
  const prefix = join(folder, 'failing');
  await expect(install({ source: failing, prefix }, { FAIL: 'yes' })).rejects.toThrow('building musl failed');
  expect(existsSync(prefix)).toBe(false);
  const other = source('other.tar.gz', { VERSION: 'one\n' });
  await expect(install({ source: other, prefix })).rejects.toThrow('this is no source of musl');
  await expect(install({ version: '1.2.5' })).rejects.toThrow('this source is of musl 1.2.4');
  writeFileSync(join(folder, 'text.tar.gz'), 'no archive');
  await expect(install({ source: join(folder, 'text.tar.gz') })).rejects.toThrow('building musl failed');
});
