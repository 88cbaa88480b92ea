// `npm run quickstart`: from a fresh clone to two programs that were checked, built, proven and run. Before it ran
// `npm ci` and the build; see package.json.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printFailure } from '../src/cli/print-failure.ts';
import { exitCode, Failure } from '../src/model/failure.ts';
import { setUp } from './setup.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const gomusl = join(root, 'bin/gomusl.js');
const say = (text = '') => process.stdout.write(`${text}\n`);

/** Ways into an empty root directory: as root, or in a user namespace where the system permits it. */
const ways = (folder: string) => [
  ['chroot', folder],
  ['unshare', '--map-root-user', `--root=${folder}`],
];

function step(command: string[], environment: NodeJS.ProcessEnv, shown = command): void {
  say(`$ ${shown.join(' ')}`);
  const { status } = spawnSync(command[0] ?? '', command.slice(1), {
    stdio: ['ignore', 1, 1],
    env: environment,
    cwd: root,
  });
  say();
  if (status !== 0) {
    throw new Failure(exitCode.unfinished, 'this step failed', shown.join(' '), 'see what it said above');
  }
}

/** Runs the program alone in an empty root directory; outside, when the system does not let us in. */
function runAlone(program: string, name: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'gomusl-root-'));
  try {
    copyFileSync(program, join(folder, name));
    for (const way of ways(folder)) {
      const { status, stdout } = spawnSync(way[0] ?? '', [...way.slice(1), `/${name}`], { encoding: 'utf8', env: {} });
      if (status !== 0) continue;
      say(`$ ${way[0]} EMPTY-FOLDER /${name}\n${stdout}`);
      return;
    }
    const { status, stdout } = spawnSync(program, { encoding: 'utf8', env: {} });
    say(`(no way into an empty root directory here)\n$ ./${name}\n${stdout}`);
    if (status !== 0) throw new Failure(exitCode.unfinished, 'the program failed', program, 'please report this');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function quickstart(): Promise<void> {
  const { environment, told } = await setUp(process.env, { apt: process.argv.includes('--apt') });
  say(['', ...told, ''].join('\n'));
  const out = mkdtempSync(join(tmpdir(), 'gomusl-quickstart-'));
  try {
    for (const name of ['hello', 'lookup']) {
      const folder = `examples/${name}`;
      step(['node', gomusl, 'check', '-C', folder], environment, ['gomusl', 'check', '-C', folder]);
      const output = join(out, name);
      const words = ['build', '-C', folder, '-o'];
      step(['node', gomusl, ...words, output], environment, ['gomusl', ...words, name]);
      runAlone(output, name);
    }
  } finally {
    rmSync(out, { recursive: true });
  }
  say('Both programs are one static file each, with musl inside. Next: gomusl check in a module of your own.');
}

quickstart().catch((error: unknown) => {
  process.exitCode = printFailure(error, (text) => process.stderr.write(text));
});
