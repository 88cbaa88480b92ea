import { realpathSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { sampleModules } from '../../test/sample-modules.ts';
import { children } from '../io/children.ts';
import { disk } from '../io/disk.ts';
import { diskScratch } from '../io/scratch.ts';
import { loadFromFiles } from './files-loader.ts';
import { loadWithGo } from './go-loader.ts';
import type { LoadRequest } from './load-request.ts';

const scratch = diskScratch();
let folder = '';
afterEach(() => scratch.remove(folder));

// The go command is the truth: what it lists, the loader without it must list, down to the order.
test.each(sampleModules.flatMap((sample) => [true, false].map((cgo) => ({ ...sample, cgo }))))(
  'both loaders give one graph: $name, cgo $cgo',
  async ({ dir, files, cgo }) => {
    folder = realpathSync(scratch.folder('gomusl-loaders-'));
    for (const [path, text] of Object.entries(files)) scratch.write(`${folder}/${path}`, text);
    const request: LoadRequest = {
      dir: `${folder}/${dir}`,
      patterns: [],
      goarch: null,
      tags: [],
      cgo,
      race: false,
      mod: null,
      modfile: null,
      offline: true,
      environment: { ...process.env, GOFLAGS: '' },
      timeout: 60_000,
    };
    expect(loadFromFiles(request, disk)).toEqual(await loadWithGo(request, children, disk, scratch));
  },
);
