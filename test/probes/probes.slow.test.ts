import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareVersions } from '../../src/libc/libc-ref.ts';
import {
  archive,
  build,
  checked,
  clearScratch,
  compile,
  gomusl,
  gomuslBuild,
  lacks,
  muslVersion,
  must,
  olderGo,
  overlayWord,
  rootFolder,
  run,
  scratch,
  shim,
} from './toolbox.ts';

// A probe shows the fault that a run-time rule tells of, in a static program that the three settings and a real musl give;
// and that the rule's remedy takes it away, where there is one.

afterAll(clearScratch);

const machine = lacks('musl-gcc') ?? lacks('go', 'version') ?? null;
const root = process.getuid?.() === 0 ? null : 'chroot needs root';

/** A probe; skipped with its reason where the machine has not what it needs. */
function probe(title: string, needs: (string | null)[], body: () => void): void {
  const reason = [machine, ...needs].find((need) => need !== null);
  if (reason !== undefined) process.stderr.write(`skipped: ${title}, since ${reason}\n`);
  it.skipIf(reason !== undefined)(title, { timeout: 600_000 }, body);
}

const old = machine === null ? olderGo(/-go1\.22(\.\d+)?\.linux/, 'go1.22.12') : null;
const noOld = old === null ? 'Go 1.22, which has the fault, cannot be had' : null;
const musl = machine === null ? muslVersion() : null;
const repaired = musl !== null && compareVersions(musl, '1.2.4') < 0 ? null : 'this musl has the repair of setgid';
const zig = checkedZig();

/** Why zig cannot be had; null when gomusl finds it. */
function checkedZig(): string | null {
  const { output } = gomusl(['toolchain', 'list']);
  return /zig/.test(output) ? null : 'zig is not installed';
}

// Archives that only a compiler for glibc makes; check and the builds take them from the module.
if (machine === null) {
  archive('gm313-ifunc', 'pick.c.txt', 'libpick.a');
  archive('gm314-prebuilt-meaning', 'text.c.txt', 'libtext.a');
  archive('gm305-unwinding-c', 'unwind.c.txt', 'libunwinding.a', ['-fexceptions']);
  if (lacks('g++') === null) archive('gm305-unwinding', 'throw.cc.txt', 'libthrow.a');
}

describe('GM301: names of hosts', () => {
  const title = "the libc's resolver misses a name that Go's finds by a search domain";
  probe(title, [root], () => {
    const folder = rootFolder({ 'etc/resolv.conf': 'nameserver 127.0.0.1\nsearch example.test\n' });
    const { output } = run([build('gm301-net-resolver'), folder]);
    // Another test, or a name server, may hold port 53.
    if (output.startsWith('unprobed: ')) return process.stderr.write(`skipped: ${title}, since ${output}`);
    expect(output).toBe('go: [10.1.2.3]\nlibc: 0\n');
  });
});

describe('GM302: users and groups', () => {
  probe('a user who is not in /etc/passwd is found through nscd alone', [root], () => {
    const folder = rootFolder({ 'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n', 'var/run/nscd/': '' });
    const { output } = run([build('gm302-os-user-nss'), folder]);
    expect(output).toBe('root: 0\nalice: user: unknown user alice\nwith a daemon: alice: 1234\n');
  });
});

describe('GM303: os/user of old Go', () => {
  probe('musl answers -1 where Go before 1.6 wants a size', [], () => {
    expect(run([build('gm303-os-user-bufsize')]).output).toBe('-1\n');
  });
});

describe('GM304: plugin', () => {
  probe('plugin.Open fails on any file', [], () => {
    expect(run([build('gm304-plugin')]).output).toContain('Dynamic loading not supported');
  });
});

describe('GM305: unwinding', () => {
  const index = '-Wl,--eh-frame-hdr';
  const both = [
    { name: 'a throw of C++', folder: 'gm305-unwinding', needs: lacks('g++'), says: 'caught 1\n' },
    { name: 'a panic as Rust has it', folder: 'gm305-unwinding-c', needs: null, says: 'frames true\ncleanups 1\n' },
  ];
  for (const { name, folder, needs, says } of both) {
    probe(`${name} aborts, and does not with an index of the unwind table`, [needs], () => {
      // gcc 12's unwinder wants a function of glibc: without the shim the link would stop.
      const object = shim('find-object');
      expect(run([build(folder, { extldflags: [object] })]).output).toContain('SIGABRT: abort');
      expect(run([build(folder, { extldflags: [object, index] })])).toEqual({ output: says, code: 0 });
    });
    probe(`${name} works in what gomusl build makes with musl-gcc`, [needs], () => {
      expect(run([gomuslBuild(folder, 'musl-gcc')])).toEqual({ output: says, code: 0 });
    });
    probe(`${name} works in what gomusl build makes with zig`, [needs, zig], () => {
      expect(run([gomuslBuild(folder, 'zig')])).toEqual({ output: says, code: 0 });
    });
  }
});

describe('GM306: user and group on all threads', () => {
  probe('setgid spoils the stacks of goroutines, and does not with the shim', [repaired], () => {
    // Whether a signal meets a goroutine's stack is a matter of luck: one run of several is enough.
    const faulty = build('gm306-setxid');
    expect([1, 2, 3, 4, 5, 6].some(() => run([faulty]).code !== 0)).toBe(true);
    const whole = build('gm306-setxid', { extldflags: ['-Wl,--wrap=__libc_sigaction', shim('sigaction-onstack')] });
    expect(run([whole])).toEqual({ output: 'whole\n', code: 0 });
    expect(run([gomuslBuild('gm306-setxid', 'musl-gcc')])).toEqual({ output: 'whole\n', code: 0 });
  });
});

describe('GM307: go:cgo_import_dynamic', () => {
  probe('CGO_ENABLED=0 gives a dynamic executable', [], () => {
    const product = `${scratch}/dynamic`;
    must(['go', 'build', '-o', product, './gm307-dynamic-import'], { CGO_ENABLED: '0' });
    const { output } = run(['readelf', '-dlW', product]);
    expect(output).toContain('program interpreter: /lib64/ld-linux-x86-64.so.2');
    expect(output).toMatch(/NEEDED.*libc\.so\.6/);
  });
});

describe('GM308: thread stacks', () => {
  probe('a frame of 400 KB ends the program, and does not with a larger stack', [], () => {
    expect(run([build('gm308-thread-stack')])).not.toMatchObject({ code: 0 });
    const large = build('gm308-thread-stack', { extldflags: ['-Wl,-z,stack-size=8388608'] });
    expect(run([large])).toEqual({ output: 'used 7\n', code: 0 });
    expect(run([gomuslBuild('gm308-thread-stack', 'musl-gcc')])).toEqual({ output: 'used 7\n', code: 0 });
  });
});

describe('GM309: a library of Go in a C program', () => {
  const call = (words: string[]) => {
    const archive = build('gm309-library-arguments', { words: ['-buildmode=c-archive', ...words] });
    const caller = compile('gm309-library-arguments/caller.c.txt');
    must(['musl-gcc', '-static', '-o', `${archive}-caller`, caller, archive]);
    return run([`${archive}-caller`, 'a', 'b'], { PROBE: 'seen' });
  };
  probe('it dies before main, and sees arguments and environment with the patch', [], () => {
    expect(call([]).code).not.toBe(0);
    expect(call([overlayWord('runtime-library-arguments', 'c-archive')])).toEqual({ output: '3 seen\n', code: 0 });
  });
});

describe('GM311: nested callbacks', () => {
  probe('a callback within a callback ends the program; a flag, or a patch, repairs that', [noOld], () => {
    const goroot = old ?? '';
    const probed = (extra: object) => run([build('gm311-nested-callbacks', { goroot, ...extra })]);
    expect(probed({}).output).toContain('runtime: newstack at runtime.printlock');
    expect(probed({ extldflags: ['-Wl,-z,stack-size=8388608'] }).output).toBe('returned\n');
    const words = [overlayWord('runtime-callback-stack', 'exe', goroot)];
    expect(probed({ words }).output).toBe('returned\n');
  });
});

describe('GM312: the race detector', () => {
  probe('links and reports a race, with today’s Go', [], () => {
    expect(run([build('gm312-race', { words: ['-race'] })]).output).toContain('WARNING: DATA RACE');
  });
});

describe('GM310, GM314: what works otherwise', () => {
  probe('dlopen fails on any library', [], () => {
    expect(run([build('gm310-other-meaning')]).output).toBe('Dynamic loading not supported\n');
  });
  probe("an object for glibc takes the number that musl's strerror_r gives for a text", [], () => {
    expect(run([build('gm314-prebuilt-meaning')]).output).toContain('SIGSEGV: segmentation violation');
  });
});

describe('GM313: IFUNC', () => {
  probe('a call of a function that is chosen at start ends the program', [], () => {
    expect(run([build('gm313-ifunc')]).output).not.toContain('chosen 1');
    archive('gm313-ifunc', 'pick.c.txt', 'libplain.a', ['-DPLAIN']);
    expect(run([build('gm313-ifunc', { words: ['-tags=plain'] })])).toEqual({ output: 'chosen 1\n', code: 0 });
  });
});

describe('GM315: a fault of an older Go', () => {
  probe('os/user hands on that /etc/passwd is missing, up to Go 1.22', [root, noOld], () => {
    const empty = rootFolder({});
    const missing = 'user: lookup userid 0: no such file or directory\n';
    expect(run([build('gm315-go-fault', { goroot: old ?? '' }), empty]).output).toBe(missing);
    expect(run([build('gm315-go-fault'), empty]).output).toBe('user: unknown userid 0\n');
  });
});

describe('GM320 to GM324: an image that holds the program alone', () => {
  probe('what it lacks is an error each, and none once it is there', [root], () => {
    const product = build('gm32x-empty-image');
    const empty = rootFolder({});
    const full = rootFolder({
      'etc/ssl/certs/ca-certificates.crt': '',
      'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
      'etc/hosts': '127.0.0.1 server.test\n',
      'tmp/': '',
    });
    const say = (folder: string, need: string) => run([product, folder, need], { TMPDIR: '', ZONEINFO: '' }).output;
    expect(say(empty, 'certificates')).toMatch(/certificate signed by unknown authority\n$/);
    expect(say(empty, 'zones')).toBe('unknown time zone Europe/Paris\n');
    expect(say(empty, 'users')).toBe('user: unknown userid 0\n');
    expect(say(empty, 'resolver')).toMatch(/^lookup server\.test on .*:53: .*\n$/);
    expect(say(empty, 'temporary')).toMatch(/^open \/tmp\/probe\d+: no such file or directory\n$/);
    for (const need of ['certificates', 'users', 'resolver', 'temporary']) expect(say(full, need)).toBe('met\n');
    // A build with -tags timetzdata would compile half of std anew: Go's own file of zones shows the same.
    copyFileSync(join(must(['go', 'env', 'GOROOT']).trim(), 'lib/time/zoneinfo.zip'), join(full, 'zoneinfo.zip'));
    expect(run([product, full, 'zones'], { ZONEINFO: '/zoneinfo.zip' }).output).toBe('met\n');
  });
});

describe('the rules', () => {
  probe('fire on their probes with musl-gcc', [lacks('g++'), repaired], () => {
    expect(checked(['--toolchain', 'musl-gcc'])).toEqual([
      'GM201 gm305-unwinding',
      'GM201 gm305-unwinding-c',
      'GM301 gm301-net-resolver',
      'GM301 gm302-os-user-nss',
      'GM301 gm32x-empty-image',
      'GM302 gm302-os-user-nss',
      'GM302 gm315-go-fault',
      'GM302 gm32x-empty-image',
      'GM304 gm304-plugin',
      'GM305 gm305-unwinding',
      'GM305 gm305-unwinding-c',
      'GM306 gm306-setxid',
      'GM307 gm307-dynamic-import',
      'GM308 gm308-thread-stack',
      'GM310 gm301-net-resolver',
      'GM310 gm310-other-meaning',
      'GM313 gm313-ifunc',
      'GM314 gm314-prebuilt-meaning',
      'GM320 gm32x-empty-image',
      'GM321 gm32x-empty-image',
      'GM322 gm302-os-user-nss',
      'GM322 gm315-go-fault',
      'GM322 gm32x-empty-image',
      'GM323 gm301-net-resolver',
      'GM323 gm302-os-user-nss',
      'GM323 gm32x-empty-image',
      'GM324 gm32x-empty-image',
    ]);
  });
  probe('are silent where tags, a newer musl or larger stacks take the fault away', [lacks('g++'), zig], () => {
    archive('gm313-ifunc', 'pick.c.txt', 'libplain.a', ['-DPLAIN']);
    const found = checked(['--toolchain', 'zig', '-tags', 'netgo,osusergo,timetzdata,plain']);
    expect(found.filter((line) => /^GM(301|302|305|306|308|313|321) /.test(line))).toEqual([]);
    expect(found).toContain('GM310 gm310-other-meaning');
  });
  probe('on libraries of Go and on older Go fire there alone', [noOld], () => {
    expect(checked(['--buildmode', 'c-archive'], ['./gm309-library-arguments'])).toEqual([
      'GM309 gm309-library-arguments',
    ]);
    const [callbacks, fault] = ['./gm311-nested-callbacks', './gm315-go-fault'];
    const older = { PATH: `${old}/bin:${process.env.PATH}`, GOROOT: old ?? '' };
    const rules = (environment: Record<string, string>) =>
      checked(['--toolchain', 'musl-gcc'], [callbacks, fault], environment).filter((line) => /^GM31[15] /.test(line));
    expect(rules(older)).toEqual(['GM311 gm311-nested-callbacks', 'GM315 gm315-go-fault']);
    expect(rules({})).toEqual([]);
  });
});
