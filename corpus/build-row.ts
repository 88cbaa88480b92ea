import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readExecutable } from '../src/elf/executable.ts';
import { disk } from '../src/io/disk.ts';
import { type CorpusToolchain, type Machine, run } from './machine.ts';
import type { Row } from './row.ts';
import { judge, type Truth } from './truth.ts';
import type { Workplace } from './workplace.ts';

/** Longer builds are ended and count as not had. */
const longestBuild = 15 * 60;

/** Builds a row with the article's three settings and reads what came of it. Null when it took too long. */
export async function buildRow(
  row: Row,
  place: Workplace,
  toolchain: CorpusToolchain,
  machine: Machine,
): Promise<{ truth: Truth; log: string } | null> {
  const output = join(machine.scratch, 'product');
  const tags = row.tags.length > 0 ? [`-tags=${row.tags.join(',')}`] : [];
  const settings = ['-ldflags', '-linkmode external -extldflags "-static"'];
  const command = ['go', 'build', '-p', '2', '-buildvcs=false', ...tags, ...settings, '-o', output, place.target];
  const env: Machine['env'] = { ...machine.env, CGO_ENABLED: '1', CC: toolchain.cc };
  if (toolchain.cxx !== null) env.CXX = toolchain.cxx;
  const begin = performance.now();
  const result = await run(command, place.folder, env, longestBuild);
  if (result.code === 124 || result.code === 137) return null;
  const log = machine.anonymous(result.stdout + result.stderr);
  const product = result.code === 0 && existsSync(output) ? readExecutable(output, disk) : null;
  const truth: Truth = {
    row,
    toolchain: { name: toolchain.name, versions: toolchain.versions },
    goVersion: machine.goVersion,
    goarch: 'amd64',
    ...judge(log, result.code, product),
    product:
      product === null
        ? null
        : { type: product.type, interpreter: product.interpreter, needed: product.needed, libc: product.libc },
    exitCode: result.code,
    seconds: Math.round((performance.now() - begin) / 100) / 10,
  };
  return { truth, log };
}

/** The truth of a row that could not be laid out. */
export function unavailable(row: Row, toolchain: CorpusToolchain, machine: Machine): Truth {
  return {
    row,
    toolchain: { name: toolchain.name, versions: toolchain.versions },
    goVersion: machine.goVersion,
    goarch: 'amd64',
    outcome: 'unavailable',
    stage: null,
    scored: false,
    cause: null,
    names: [],
    product: null,
    exitCode: null,
    seconds: 0,
  };
}
