import { join } from 'node:path';
import type { Files } from '../io/files.ts';
import type { NewFile } from '../io/new-file.ts';
import { sha256 } from '../io/sha256.ts';
import type { Trees } from '../io/trees.ts';
import { exitCode, Failure } from '../model/failure.ts';
import { installedFolder } from './candidates.ts';
import type { InstallMeans } from './install.ts';
import { kernelHeaderPlaces, kernelHeadersName } from './kernel-headers.ts';
import { readZip, type ZipEntry, zipContent } from './zip.ts';
import { zipWriter } from './zip-write.ts';

const listName = 'gomusl-bundle.json';
/** The list of a bundle with 65 535 files has 10 MB. */
const largestList = 32 * 1024 * 1024;
const toolchainName = /^(?:zig|musl|kernel-headers)-[\w.+-]{1,64}$/;

/** What a bundle says of itself. */
interface BundleList {
  schemaVersion: 1;
  /** Node's name of the machine that the programs in it run on. */
  machine: string;
  /** `folder`: where it stood, which the scripts of musl-gcc name. */
  toolchains: { name: string; folder: string }[];
  files: { path: string; sha256: string; mode: number }[];
}

/** Text files of an installed musl that name its folder. */
const namesFolder = /^musl-[^/]+\/(?:bin\/[^/]+|lib\/[^/]+\.specs)$/;

/** What goes into a bundle under one name. */
export interface Packed {
  name: string;
  /** Folders on disk (absolute) by the place that they get in it; `` for the whole of it. */
  folders: Record<string, string>;
}

/** A toolchain that gomusl installed. */
export function packedToolchain(name: string, means: InstallMeans): Packed {
  return { name, folders: { '': join(installedFolder(means.cacheFolder), name) } };
}

/**
 * The kernel's headers for the architectures of the toolchains, as far as this machine has them, for a machine that has
 * none: a gcc for musl is without; zig brings its own.
 */
export function packedKernelHeaders(names: string[], host: string, files: Files): Packed[] {
  const architectures = names.flatMap((name) => {
    const match = /^musl-[\d.]+(?:-(\w+))?$/.exec(name);
    return match ? [match[1] ?? host] : [];
  });
  return [...new Set(architectures)].flatMap((goarch) => {
    const name = kernelHeadersName(goarch);
    const folders = names.includes(name) ? null : kernelHeaderPlaces(goarch, files);
    return folders === null ? [] : [{ name, folders }];
  });
}

/** Packs folders into a zip archive with a checksum of each file. */
export function writeBundle(packed: Packed[], file: NewFile, trees: Trees, means: InstallMeans): void {
  const parent = installedFolder(means.cacheFolder);
  const zip = zipWriter((bytes) => file.write(bytes));
  const list: BundleList = { schemaVersion: 1, machine: means.machine, toolchains: [], files: [] };
  for (const { name, folders } of packed) {
    list.toolchains.push({ name, folder: join(parent, name) });
    for (const [place, folder] of Object.entries(folders)) {
      const { entries, dangling, outside } = trees.walk(folder, () => false);
      const strange = dangling[0] ?? outside[0];
      if (strange) {
        const what = 'a link leads out of this toolchain, or nowhere';
        throw new Failure(exitCode.unfinished, what, join(folder, strange.path), 'install the toolchain again');
      }
      for (const { path, mode } of entries.filter(({ kind }) => kind === 'file')) {
        const content = means.files.read(join(folder, path)) ?? new Uint8Array();
        const kept = mode & 0o111 ? 0o755 : 0o644;
        const packedPath = join(name, place, path);
        zip.add(packedPath, content, kept);
        list.files.push({ path: packedPath, sha256: sha256(content), mode: kept });
      }
    }
  }
  zip.add(listName, Buffer.from(JSON.stringify(list)), 0o644);
  zip.end();
}

function refuse(file: string, what: string): Failure {
  return new Failure(exitCode.unfinished, `this is no bundle that can be used: ${what}`, file, 'make it again');
}

function readList(file: string, entries: ZipEntry[], means: InstallMeans): BundleList {
  const entry = entries.find(({ path }) => path === listName);
  if (!entry || entry.size > largestList) throw refuse(file, `it has no ${listName}`);
  let list: unknown;
  try {
    list = JSON.parse(new TextDecoder().decode(zipContent(file, entry, means.files)));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refuse(file, `its ${listName} is damaged`);
  }
  if (!isList(list)) throw refuse(file, `its ${listName} is of another kind`);
  return list;
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isList(value: unknown): value is BundleList {
  const list = value as Partial<BundleList> | null;
  if (list?.schemaVersion !== 1 || !isText(list.machine)) return false;
  if (!Array.isArray(list.toolchains) || !Array.isArray(list.files)) return false;
  return (
    list.toolchains.every((one) => isText(one?.name) && isText(one?.folder)) &&
    list.files.every((one) => isText(one?.path) && isText(one?.sha256) && typeof one?.mode === 'number')
  );
}

/**
 * Unpacks a bundle into the user's cache; absolute paths of its toolchains. Each appears whole or not at all, and one
 * that is there is left alone. Throws a failure for a bundle that is damaged, of another machine, or holds anything
 * that its list does not name.
 */
export async function installBundle(file: string, means: InstallMeans): Promise<string[]> {
  const entries = readZip(file, means.files);
  const list = readList(file, entries, means);
  if (list.machine !== means.machine) throw refuse(file, `it is for ${list.machine}, and this is ${means.machine}`);
  const bad = list.toolchains.find(({ name, folder }) => !toolchainName.test(name) || !/^\/./.test(folder));
  if (bad || list.toolchains.length === 0) throw refuse(file, 'it names no toolchain of gomusl');
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const owned = (path: string) => list.toolchains.some(({ name }) => path.startsWith(`${name}/`));
  const listed = new Set(list.files.map(({ path }) => path));
  const stray = entries.find(({ path }) => path !== listName && !(listed.has(path) && owned(path)));
  if (stray) throw refuse(file, 'it holds a file that its list does not name');
  if (byPath.size !== entries.length) throw refuse(file, 'it holds a file twice');
  const parent = installedFolder(means.cacheFolder);
  const contentOf = ({ path, sha256: wanted }: BundleList['files'][number]) => {
    const entry = byPath.get(path);
    const content = entry && zipContent(file, entry, means.files);
    if (!content || sha256(content) !== wanted) throw refuse(file, 'a file in it is not what its list says');
    return content;
  };
  // All of it before any of it stands: half a bundle would look like a whole one.
  for (const one of list.files) contentOf(one);
  const places: string[] = [];
  for (const { name, folder: was } of list.toolchains) {
    const files = list.files.filter(({ path }) => path.startsWith(`${name}/`));
    const fill = async (folder: string) => {
      for (const one of files) {
        const { path, mode } = one;
        const content = contentOf(one);
        const written = namesFolder.test(path) ? renamed(content, was, join(parent, name)) : content;
        means.write(join(folder, path.slice(name.length + 1)), written, mode & 0o111 ? 0o755 : 0o644);
      }
    };
    places.push(await means.place(parent, name, fill));
  }
  return places;
}

function renamed(content: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(content).toString('latin1');
  return text.includes('\0')
    ? content
    : Buffer.from(
        text.replaceAll(from, () => to),
        'latin1',
      );
}
