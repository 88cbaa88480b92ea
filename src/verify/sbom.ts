import { createHash } from 'node:crypto';
import type { BuiltWith, ExecutableView, Licence, LinkedCode } from '../model/executable.ts';

/** A component of CycloneDX 1.6, with the fields that are written here. */
export interface SbomComponent {
  type: 'application' | 'library' | 'file';
  'bom-ref': string;
  name: string;
  version?: string;
  purl?: string;
  licenses?: ({ license: { id: string } | { name: string } } | { expression: string })[];
  hashes?: { alg: 'SHA-256'; content: string }[];
  properties?: { name: string; value: string }[];
  components?: SbomComponent[];
}

/** A bill of materials in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json), the fields that are written here. */
export interface Sbom {
  bomFormat: 'CycloneDX';
  specVersion: '1.6';
  serialNumber: string;
  version: 1;
  metadata: {
    tools: { components: { type: 'application'; name: string; version: string }[] };
    component: SbomComponent;
  };
  components: SbomComponent[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/** What is known of one program. `licences` are those of each module's root, by module path; missing where it is not here. */
export interface SbomFacts {
  view: ExecutableView;
  sha256: string;
  licences: Record<string, Licence[]>;
  toolVersion: string;
}

/**
 * Lists what is in an executable: the modules that Go wrote into it, Go's standard library, the libc, and the C code
 * that modules and recipes brought. Without a time or a random number: the same file gives the same bytes.
 */
export function sbomOf({ view, sha256, licences, toolVersion }: SbomFacts): Sbom {
  const { go } = view;
  const main: SbomComponent = {
    type: 'application',
    'bom-ref': 'program',
    name: go?.path || view.path.replace(/^.*\//, ''),
    ...(go?.main && isRelease(go.main.version) ? { version: go.main.version } : {}),
    ...(go?.main ? { purl: goUrl(go.main) } : {}),
    hashes: [{ alg: 'SHA-256', content: sha256 }],
  };
  const modules = (go?.deps ?? []).map(({ path, version, replacedBy }): SbomComponent => {
    const replaced = replacedBy === null ? {} : { properties: [{ name: 'gomusl:replacedBy', value: replacedBy }] };
    return { ...library(goUrl({ path, version }), path, version), ...licensed(licences[path] ?? []), ...replaced };
  });
  const std = go === null ? [] : [standard(go.goVersion, view.stdPatches)];
  const c = codeOf(view.linkedC ?? [], licences);
  const components = [...modules, ...std, ...libc(view), ...(view.builtWith ?? []).map(builtLibrary), ...c];
  const refs = components.map((one) => one['bom-ref']);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialNumber(sha256),
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', name: 'gomusl', version: toolVersion }] },
      component: main,
    },
    components,
    dependencies: [{ ref: 'program', dependsOn: refs }, ...refs.map((ref) => ({ ref, dependsOn: [] }))],
  };
}

function library(purl: string, name: string, version: string): SbomComponent {
  return { type: 'library', 'bom-ref': purl, name, version, purl };
}

/** Go writes `(devel)` where it knows no version. */
function isRelease(version: string): boolean {
  return version !== '' && version !== '(devel)';
}

/** A package URL (https://github.com/package-url/purl-spec): path elements are kept, their characters escaped. */
function goUrl({ path, version }: { path: string; version: string }): string {
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  return `pkg:golang/${escaped}${isRelease(version) ? `@${encodeURIComponent(version)}` : ''}`;
}

/** The ids of licences that are sure; of the others, the name of the file. */
function licensed(found: Licence[]): Pick<SbomComponent, 'licenses'> {
  const names = found.map(({ file, spdx }) => (spdx === null ? { name: `see ${file}` } : { id: spdx }));
  const once = new Map(names.map((license) => [JSON.stringify(license), { license }]));
  return once.size === 0 ? {} : { licenses: [...once.values()] };
}

function standard(goVersion: string, patches: string[]): SbomComponent {
  const version = goVersion.replace(/^go/, '');
  const patched = patches.map((value) => ({ name: 'gomusl:patch', value }));
  return {
    ...library(`pkg:golang/std@${encodeURIComponent(version)}`, 'std', version),
    licenses: [{ license: { id: 'BSD-3-Clause' } }],
    ...(patched.length === 0 ? {} : { properties: patched }),
  };
}

function libc({ libc: name, libcVersion }: ExecutableView): SbomComponent[] {
  if (name !== 'musl') return [];
  const licenses = [{ license: { id: 'MIT' } }];
  if (libcVersion === null)
    return [{ type: 'library', 'bom-ref': 'pkg:generic/musl', name, purl: 'pkg:generic/musl', licenses }];
  return [{ ...library(`pkg:generic/musl@${libcVersion}`, name, libcVersion), licenses }];
}

/** A library that a recipe built; what its licence asks of a static program is told. */
function builtLibrary({ name, version, licence, duty }: BuiltWith): SbomComponent {
  const purl = `pkg:generic/${encodeURIComponent(name)}@${encodeURIComponent(version)}`;
  return {
    ...library(purl, name, version),
    licenses: [{ expression: licence }],
    ...(duty === null ? {} : { properties: [{ name: 'gomusl:duty', value: `linked statically, ${duty}` }] }),
  };
}

/** One component for the C code of each package, with its files; libraries of the system are named by their flag alone. */
function codeOf(linked: LinkedCode[], licences: Record<string, Licence[]>): SbomComponent[] {
  return linked.map(({ package: path, module, sources, objects, libraries, licences: own }) => {
    const ref = `c:${path}`;
    const file = (name: string): SbomComponent => ({ type: 'file', 'bom-ref': `${ref}#${name}`, name });
    return {
      type: 'library' as const,
      'bom-ref': ref,
      name: `C code of ${path}`,
      ...(!isRelease(module.version) ? {} : { version: module.version }),
      ...licensed(own.length > 0 ? own : (licences[module.path] ?? [])),
      properties: [
        { name: 'gomusl:module', value: module.path },
        ...libraries.map((value) => ({ name: 'gomusl:library', value })),
      ],
      components: [...sources, ...objects].map(file),
    };
  });
}

/** A UUID that the file's content decides, of version 8 (RFC 9562). */
function serialNumber(sha256: string): string {
  const hex = createHash('sha256').update(`gomusl sbom ${sha256}`).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}
