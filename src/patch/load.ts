import { createHash } from 'node:crypto';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { readCheckedYaml } from '../io/checked-yaml.ts';
import type { Files } from '../io/files.ts';
import { exitCode, Failure } from '../model/failure.ts';
import type { Patch, Shape } from './patch.ts';
import { patchSchema } from './patch-schema.ts';
import { checkTreePath } from './tree-path.ts';
import { parseDiff } from './unified-diff.ts';

/** patch.yaml as the schema lets it through. */
interface PatchYaml
  extends Omit<Patch, 'name' | 'target' | 'goarch' | 'needs' | 'diffs' | 'hash' | 'catalogue' | 'shapes'> {
  catalogue?: string;
  target: string;
  goarch?: string[];
  needs?: Patch['needs'];
  shapes: (Omit<Shape, 'files'> & { files: (Partial<Shape['files'][number]> & { path: string })[] })[];
}

const validate = new Ajv({ strict: false }).compile<PatchYaml>(patchSchema);

/**
 * Reads every patch folder under `folder`, by name. Fails on the first that breaks the schema, names a path outside
 * the tree, or whose diffs and file list disagree: a patch file is taken for hostile until then.
 */
export function loadPatches(folder: string, files: Files): Patch[] {
  const names = (files.list(folder) ?? []).filter((name) => files.isDirectory(`${folder}/${name}`));
  return names.map((name) => {
    const where = `${folder}/${name}/patch.yaml`;
    const yaml = textOf(files, where);
    const refuse = (what: string): never => {
      throw new Failure(exitCode.usage, `the patch cannot be used: ${what}`, where, 'see docs/how-to-add-a-patch.md');
    };
    const content = readCheckedYaml(yaml, { parse, validate }, refuse);
    const diffs: Record<string, string> = {};
    const hash = createHash('sha256').update(yaml);
    for (const shape of content.shapes) {
      const path = `${folder}/${name}/${shape.diff}`;
      if (!files.exists(path)) refuse(`${shape.diff} does not exist`);
      const diff = Buffer.from(textOf(files, path), 'utf8').toString('latin1');
      const changed = parseDiff(diff, `${name}/${shape.diff}`).map((file) => file.path);
      const listed = shape.files.map((file) => file.path);
      for (const file of listed) checkTreePath(file, where);
      const odd = [
        ...changed.filter((file) => !listed.includes(file)),
        ...listed.filter((file) => !changed.includes(file)),
      ];
      if (odd.length > 0) refuse(`${shape.diff} and the files of its shape disagree about ${odd[0]}`);
      if (content.target !== 'std' && content.target !== 'tool') {
        // A module's paths start at the module's own root.
      } else if (listed.some((file) => !file.startsWith('src/'))) refuse('a file outside src/');
      diffs[shape.diff] = diff;
      hash.update(`\0${shape.diff}\0${diff}`);
    }
    const module = /^module (.*)$/.exec(content.target)?.[1];
    return {
      ...content,
      name,
      catalogue: content.catalogue ?? '',
      target: module === undefined ? (content.target as 'std' | 'tool') : { module },
      goarch: content.goarch ?? [],
      needs: content.needs ?? {},
      shapes: content.shapes.map((shape) => ({
        ...shape,
        files: shape.files.map((file) => ({ before: [], after: [], fixed: '', ...file })),
      })),
      diffs,
      hash: hash.digest('hex'),
    };
  });
}

function textOf(files: Files, path: string): string {
  if ((files.size(path) ?? 0) > 1_000_000)
    throw new Failure(exitCode.usage, 'the file is too large', path, 'give a patch');
  return Buffer.from(files.read(path) ?? []).toString('utf8');
}
