import { afterAll, describe, expect, it } from 'vitest';
import { compareVersions } from '../../src/libc/libc-ref.ts';
import {
  build,
  cachedGo,
  clearScratch,
  compile,
  lacks,
  muslVersion,
  must,
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
  it.skipIf(reason !== undefined)(title, body);
}

const old = cachedGo(/-go1\.(22(\.\d+)?|23\.[0-4])\.linux/);
const noOld = old === null ? 'the module cache has no Go 1.22, which has the fault' : null;

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
  probe('a throw aborts, and is caught with an index of the unwind table', [lacks('g++')], () => {
    const object = `${scratch}/throw.o`;
    must(['g++', '-O2', '-c', 'gm305-unwinding/throw.cc', '-o', object]);
    const link = (name: string, flags: string[]) => {
      must(['musl-gcc', '-static', object, shim('find-object'), '-lstdc++', ...flags, '-o', `${scratch}/${name}`]);
      return run([`${scratch}/${name}`]);
    };
    expect(link('without', [])).toMatchObject({ code: null });
    expect(link('with', ['-Wl,--eh-frame-hdr'])).toEqual({ output: 'caught\n', code: 0 });
  });
});

describe('GM306: user and group on all threads', () => {
  const musl = machine === null ? muslVersion() : null;
  const repaired = musl !== null && compareVersions(musl, '1.2.4') < 0 ? null : 'this musl has the repair';
  probe('setgid spoils the stacks of goroutines, and does not with the shim', [repaired], () => {
    // Whether a signal meets a goroutine's stack is a matter of luck: one run of several is enough.
    const faulty = build('gm306-setxid');
    expect([1, 2, 3, 4, 5, 6].some(() => run([faulty]).code !== 0)).toBe(true);
    const whole = build('gm306-setxid', { extldflags: ['-Wl,--wrap=__libc_sigaction', shim('sigaction-onstack')] });
    expect(run([whole])).toEqual({ output: 'whole\n', code: 0 });
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
