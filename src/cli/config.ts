import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Node } from 'yaml';
import type { Files } from '../io/files.ts';
import { libcNames, parseLibcRef } from '../libc/open.ts';
import { exitCode, Failure } from '../model/failure.ts';

/** What `gomusl build` does by itself only where it is allowed to: see docs/design.md. */
export const allowances = ['tags', 'module-patches'] as const;
export type Allowance = (typeof allowances)[number];

/** Bytes of a config; one that is longer is a mistake, or a trap. */
const longest = 65_536;

/** Values that a key of the config may have; a list of several where `several` is set. */
interface Key {
  several: boolean;
  /** Told when a value is wrong. */
  allowed: string;
  accepts(value: string): boolean;
}

const oneOf = (values: readonly string[]) => ({
  allowed: values.join(', '),
  accepts: (value: string) => values.includes(value),
});

/**
 * The keys, named as the flags whose defaults they are. A module that is only looked at may come from a stranger: no
 * key names a program that would be run, and none turns the exit code off.
 */
function configKeys(): Record<string, Key> {
  return {
    allow: { several: true, ...oneOf(allowances) },
    tags: { several: true, allowed: 'build tags', accepts: (value) => /^[\p{L}\p{Nd}_.]+$/u.test(value) },
    toolchain: { several: false, ...oneOf(['auto', 'musl-gcc', 'zig', 'native', 'musl-cross']) },
    musl: {
      several: false,
      allowed: libcNames().join(', '),
      accepts: (value) => parseLibcRef(value) !== null,
    },
    'fail-on': { several: false, ...oneOf(['error', 'warning', 'blocked']) },
  };
}

/**
 * Reads the text of a gomusl.yaml: values by the flag whose default they are, lists joined with commas. Throws a usage
 * Failure that names file and line for what is no YAML, a key or a value that is not known, or an alias.
 */
export function parseConfig(text: string, path: string): Map<string, string> {
  // Loaded where there is a config: it takes longer than all else that a command loads.
  const yaml = createRequire(import.meta.url)('yaml') as typeof import('yaml');
  const { isMap, isScalar, isSeq, LineCounter, parseDocument } = yaml;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, stringKeys: true });
  const refuse = (what: string, at: number, action: string): never => {
    throw new Failure(exitCode.usage, what, `${path}:${lines.linePos(at).line}`, action);
  };
  const start = (node: unknown) => (node as Node | null)?.range?.[0] ?? 0;
  const [fault] = document.errors;
  if (fault) refuse(`the config is no YAML (${fault.message.split('\n')[0]})`, fault.pos[0], 'correct that line');
  const values = new Map<string, string>();
  const content = document.contents;
  if (content === null || (isScalar(content) && content.value === null)) return values;
  const keys = configKeys();
  if (!isMap(content)) return refuse('the config has no keys', start(content), `use ${Object.keys(keys).join(', ')}`);
  for (const { key: keyNode, value: node } of content.items) {
    const name = isScalar(keyNode) ? String(keyNode.value) : '';
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!key) return refuse(`unknown key ${name} in the config`, start(keyNode), `use ${Object.keys(keys).join(', ')}`);
    const given = key.several && isSeq(node) ? node.items : [node];
    const words = given.map((one) => {
      if (isScalar(one) && typeof one.value === 'string' && key.accepts(one.value)) return one.value;
      const shown = isScalar(one) ? `${one.value}` : 'no plain word';
      const at = one === null ? start(keyNode) : start(one);
      return refuse(`${name} in the config has an unknown value ${shown}`, at, `use ${key.allowed}`);
    });
    values.set(name, words.join(','));
  }
  return values;
}

/**
 * The config of the main module that `dir` lies in: gomusl.yaml beside the next go.mod above, and nowhere else. Empty
 * without a module or a file.
 */
export function readConfig(dir: string, files: Files): Map<string, string> {
  let root = dir;
  while (!files.exists(join(root, 'go.mod'))) {
    if (dirname(root) === root) return new Map();
    root = dirname(root);
  }
  const path = join(root, 'gomusl.yaml');
  if (!files.exists(path)) return new Map();
  const size = files.size(path);
  if (size === null || size > longest) {
    const what = size === null ? 'the config is no file' : 'the config is longer than 64 KiB';
    throw new Failure(exitCode.usage, what, path, 'see docs/design.md for what it may say');
  }
  return parseConfig(new TextDecoder().decode(files.read(path) ?? new Uint8Array()), path);
}
