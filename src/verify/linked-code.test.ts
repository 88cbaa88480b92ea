// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${SRCDIR} is cgo's
import { expect, it } from 'vitest';
import { type ExecutableText, writeBuildInfo, writeExecutable } from '../../test/executables.ts';
import { writeObject } from '../../test/objects.ts';
import { readExecutable } from '../elf/executable.ts';
import { memoryFiles } from '../io/memory.ts';
import { rules } from '../rules/index.generated.ts';
import { bringersOf } from './blame.ts';
import { licenceDigest, spdxOf } from './licences.ts';
import { linkedC, modulesOf } from './linked-c.ts';
import { listLinkedCode } from './linked-code.ts';
import { sbomOf } from './sbom.ts';
import { verifyExecutables } from './verify-executables.ts';

const mit =
  'MIT License\n\nCopyright (c) 2020 A. Person\n\nPermission is hereby granted, free of charge, to any person';
const goLines = [
  'path\texample.org/app',
  'mod\texample.org/app\t(devel)\t',
  'dep\texample.org/Zip\tv1.2.3\th1:x=',
  'dep\texample.org/gone\tv0.1.0\th1:x=',
  'build\tCGO_ENABLED=1',
  'build\t-tags=fast',
];
const callers = new TextEncoder().encode(
  '\0example.org/Zip/z._Cfunc_inflate\0example.org/gone._Cfunc_puts\0main._Cfunc_x\0',
);
const zip = '/cache/example.org/!zip@v1.2.3';
const content = {
  '/home/app/go.mod': 'module example.org/app\n',
  '/home/app/main.go': 'package main\n\n// #cgo LDFLAGS: -Wl,-rpath,/opt\nimport "C"\n',
  [`${zip}/LICENSE`]: mit,
  [`${zip}/z/z.go`]: 'package z\n\n// #cgo LDFLAGS: -lz -L${SRCDIR}/lib -lown\nimport "C"\n',
  [`${zip}/z/z_windows.c`]: '',
  [`${zip}/z/slow.c`]: '//go:build !fast\n',
  [`${zip}/z/z.c`]: '',
  [`${zip}/z/a.S`]: '\t.text\n',
  [`${zip}/z/z_linux_amd64.syso`]: writeObject({}),
  [`${zip}/z/lib/libown.a`]: '!<arch>\n',
};

function look(text: ExecutableText) {
  const data = Uint8Array.from([...writeBuildInfo('go1.26.8', goLines), ...callers]);
  const files = memoryFiles({ ...content, '/app': writeExecutable({ tls: true, data, ...text }) });
  const view = readExecutable('/app', files);
  if (view.go === null) throw new Error('build info was written');
  const modules = modulesOf(view.go, { modCache: '/cache', dir: '/home/app/cmd' }, files);
  const linked = linkedC(view, ['example.org/Zip/z', 'main', 'net'], modules, files);
  const imports = [{ name: 'puts', library: 'libodd.so.1', version: 'ODD_1' }];
  const brought = bringersOf({ view, linked, imports }, files);
  return { ...view, linkedC: listLinkedCode(linked, files), brought };
}

const blame = (text: ExecutableText) => {
  const { findings } = verifyExecutables([look(text)], rules, '0.0.0');
  return findings.map(({ ruleId, module, package: path, location, why }) => [
    ruleId,
    `${module?.path}@${module?.version} ${path}`,
    location && `${location.file}:${location.line}`,
    why.replace(/^.*?[.] /, ''),
  ]);
};

it('finds a module that a folder replaces in that folder, where it is that module', () => {
  const replaced = (path: string) => ({ path, version: 'v1.0.0', replacedBy: '../fork (devel)' });
  const files = memoryFiles({ ...content, '/home/fork/go.mod': 'module example.org/fork\n' });
  const main = { path: 'example.org/app', version: '(devel)' };
  const deps = [replaced('example.org/fork'), replaced('example.org/another')];
  const go = { goVersion: 'go1.26.8', path: main.path, main, deps, settings: {} };
  const found = modulesOf(go, { modCache: '/cache', dir: '/home/app' }, files);
  expect(found.map(({ dir }) => dir)).toEqual(['/home/app', '/home/fork', null]);
});

it('lists the C code of each package whose module is here, for the target that build info tells', () => {
  expect(look({}).linkedC).toEqual([
    {
      package: 'example.org/Zip/z',
      module: { path: 'example.org/Zip', version: 'v1.2.3' },
      sources: ['z/z.go', 'z/z.c', 'z/a.S'],
      objects: ['z/z_linux_amd64.syso', 'z/lib/libown.a'],
      libraries: ['-lz'],
      licences: [{ file: 'LICENSE', spdx: null }],
    },
    {
      package: 'example.org/app',
      module: { path: 'example.org/app', version: '(devel)' },
      sources: ['main.go'],
      objects: [],
      libraries: [],
      licences: [],
    },
  ]);
});

it('blames a library on the #cgo line that names it, else on the package that calls its symbols', () => {
  const [, zlib, odd, lost] = blame({ interpreter: '/lib/ld.so', needed: ['libz.so.1', 'libodd.so.1', 'liblost.so'] });
  expect(zlib?.slice(1)).toEqual([
    'example.org/Zip@v1.2.3 example.org/Zip/z',
    'z/z.go:3',
    'example.org/Zip/z brought it: its #cgo line has -lz.',
  ]);
  expect(odd?.slice(1)).toEqual([
    'example.org/gone@v0.1.0 example.org/gone',
    null,
    'example.org/gone brought it: it calls puts.',
  ]);
  expect(lost?.[3]).toMatch(/^Neither the file nor a module that is here says who brought it\./);
});

it('blames an executable stack on the object or assembly without the note, a search path on its flag', () => {
  expect(blame({ symbols: { libc_start_main_stage2: 1 }, stackFlags: 7 })[0]?.slice(1, 3)).toEqual([
    'example.org/Zip@v1.2.3 example.org/Zip/z',
    'z/z_linux_amd64.syso:1',
  ]);
  expect(blame({ symbols: { libc_start_main_stage2: 1 }, runpath: '/opt' })[0]?.slice(1, 3)).toEqual([
    'example.org/app@(devel) example.org/app',
    'main.go:3',
  ]);
});

it('knows a licence by its words alone, and says none where one word differs', () => {
  expect(licenceDigest(mit)).toBe(licenceDigest(mit.replace('2020 A. Person', '1999 Others').replaceAll('\n', '\r\n')));
  expect(licenceDigest(mit)).not.toBe(licenceDigest(mit.replace('free of charge', 'for a fee')));
  expect(spdxOf('SPDX-License-Identifier: ISC\n')).toBe('ISC');
  expect(spdxOf(mit)).toBeNull();
});

it('writes the fields that CycloneDX 1.6 asks for, each reference once, the same for the same file', () => {
  const builtWith = [{ name: 'usb', version: '1.0', licence: 'LGPL-2.1-or-later', duty: 'users relink' }];
  const facts = {
    view: { ...look({ symbols: { libc_start_main_stage2: 1 } }), builtWith },
    sha256: 'ab'.repeat(32),
    licences: { 'example.org/Zip': [{ file: 'LICENSE', spdx: 'MIT' }] },
    toolVersion: '0.0.0',
  };
  const bom = sbomOf(facts);
  expect(sbomOf(facts)).toEqual(bom);
  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
  expect(bom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  expect(bom.components.map(({ name, version, purl }) => [name, version, purl])).toEqual([
    ['example.org/Zip', 'v1.2.3', 'pkg:golang/example.org/Zip@v1.2.3'],
    ['example.org/gone', 'v0.1.0', 'pkg:golang/example.org/gone@v0.1.0'],
    ['std', '1.26.8', 'pkg:golang/std@1.26.8'],
    ['musl', undefined, 'pkg:generic/musl'],
    ['usb', '1.0', 'pkg:generic/usb@1.0'],
    ['C code of example.org/Zip/z', 'v1.2.3', undefined],
    ['C code of example.org/app', undefined, undefined],
  ]);
  expect(bom.components[0]?.licenses).toEqual([{ license: { id: 'MIT' } }]);
  expect(bom.components[4]).toMatchObject({
    licenses: [{ expression: 'LGPL-2.1-or-later' }],
    properties: [{ name: 'gomusl:duty', value: 'linked statically, users relink' }],
  });
  expect(bom.components[5]?.licenses).toEqual([{ license: { name: 'see LICENSE' } }]);
  const all = bom.components.flatMap((one) => [one, ...(one.components ?? [])]).map((one) => one['bom-ref']);
  expect(new Set(all).size).toBe(all.length);
  expect(bom.dependencies.map(({ ref }) => ref).sort()).toEqual(
    ['program', ...bom.components.map((one) => one['bom-ref'])].sort(),
  );
});
