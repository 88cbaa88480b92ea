import { describe, expect, it } from 'vitest';
import { dataAddress, type ExecutableText, writeBuildInfo, writeExecutable } from '../../test/executables.ts';
import { memoryFiles } from '../io/memory.ts';
import { Failure } from '../model/failure.ts';
import { readExecutable } from './executable.ts';

const read = (text: ExecutableText) => readExecutable('/app', memoryFiles({ '/app': writeExecutable(text) }));
const muslTexts = new TextEncoder().encode(
  'x\0No error information\0Illegal byte sequence\0Domain error\0Result not representable\0Not a tty\0',
);
const goLines = ['path\texample.org/app', 'mod\texample.org/app\t(devel)\t', 'dep\texample.org/c\tv1.2.3\th1:x='];

describe.each([
  { class: 'ELF64 little-endian', shape: {} },
  { class: 'ELF64 big-endian', shape: { big: true } },
  { class: 'ELF32 little-endian', shape: { narrow: true } },
  { class: 'ELF32 big-endian', shape: { narrow: true, big: true } },
])('reads $class', ({ shape }) => {
  it('tells a dynamic executable by its loader and libraries', () => {
    const view = read({
      ...shape,
      interpreter: '/lib/ld-musl-x86_64.so.1',
      needed: ['libc.so', 'libz.so.1'],
      runpath: '/opt:/lib',
    });
    expect(view).toMatchObject({
      type: 'dynamic',
      interpreter: '/lib/ld-musl-x86_64.so.1',
      needed: ['libc.so', 'libz.so.1'],
      runpath: ['/opt', '/lib'],
      libc: 'musl',
    });
  });

  it('reads the version of musl through the symbol', () => {
    const data = new TextEncoder().encode('....1.2.5\0');
    const view = read({ ...shape, data, symbols: { __libc_version: dataAddress + 4, libc_start_main_stage2: 1 } });
    expect(view).toMatchObject({ type: 'static', libc: 'musl', libcVersion: '1.2.5', stripped: false });
  });

  it('reads the version of musl through the note of a stripped product', () => {
    const data = new TextEncoder().encode('........1.2.3\0');
    const description = (address: number) => {
      const distance = new DataView(new ArrayBuffer(4));
      distance.setInt32(0, dataAddress + 8 - address, !('big' in shape));
      return Uint8Array.from([...new Uint8Array(distance.buffer), ...new TextEncoder().encode('toolchain=zig 0.17\n')]);
    };
    const view = read({ ...shape, data, symbols: null, notes: [{ owner: 'gomusl', type: 1, description }] });
    expect(view).toMatchObject({ libc: 'musl', libcVersion: '1.2.3', stripped: true, note: { toolchain: 'zig 0.17' } });
  });
});

describe('the libc inside', () => {
  it('is glibc by its ABI note, and names the sign', () => {
    const view = read({ notes: [{ owner: 'GNU', type: 1, description: new Uint8Array(16) }] });
    expect(view).toMatchObject({ libc: 'glibc', evidence: [{ libc: 'glibc', sign: 'abi-tag' }] });
  });

  it('is musl by its error texts in a stripped file', () => {
    expect(read({ data: muslTexts })).toMatchObject({ libc: 'musl', evidence: [{ sign: 'musl-error-texts' }] });
  });

  it('is what the startup code shows, not what an embedded file brings', () => {
    expect(read({ data: muslTexts, symbols: { __libc_setup_tls: 1 } }).libc).toBe('glibc');
  });

  it('is unknown with strong signs of both, and with none', () => {
    expect(read({ symbols: { __libc_setup_tls: 1, static_init_tls: 1 } }).libc).toBe('unknown');
    expect(read({}).libc).toBe('unknown');
  });

  it('is none for a Go program that Go linked alone, whatever it embeds', () => {
    const info = writeBuildInfo('go1.26.8', [...goLines, 'build\tCGO_ENABLED=0']);
    const view = read({ data: Uint8Array.from([...info, ...muslTexts]) });
    expect(view).toMatchObject({ libc: 'none', evidence: [], type: 'static' });
  });

  it('is unknown for a stripped Go program with cgo that shows no sign', () => {
    const data = writeBuildInfo('go1.26.8', [...goLines, 'build\tCGO_ENABLED=1']);
    expect(read({ data, tls: true }).libc).toBe('unknown');
  });
});

describe('the kind of file', () => {
  it('is static-pie only when the linker marked it', () => {
    expect(read({ type: 'shared', pie: true }).type).toBe('static-pie');
    expect(read({ type: 'shared', needed: ['libc.so'] }).type).toBe('shared-object');
    expect(read({ type: 'relocatable' }).type).toBe('relocatable');
  });

  it('shows an executable stack, a writable code segment and the unwind index', () => {
    expect(read({ stackFlags: 7, dataFlags: 7, unwindIndex: true })).toMatchObject({
      executableStack: true,
      writableCode: [{ address: dataAddress }],
      unwindIndex: true,
    });
    expect(read({ stackFlags: 6 })).toMatchObject({ executableStack: false, writableCode: [], unwindIndex: false });
  });
});

describe('what Go wrote', () => {
  it('gives modules, replacements and settings', () => {
    const data = writeBuildInfo('go1.26.8', [
      ...goLines,
      '=>\t./local\t(devel)\t',
      'build\t-tags=a,b',
      'build\t"-ldflags"="-linkmode external -extldflags \\"-static\\""',
    ]);
    expect(read({ data }).go).toEqual({
      goVersion: 'go1.26.8',
      path: 'example.org/app',
      main: { path: 'example.org/app', version: '(devel)' },
      deps: [{ path: 'example.org/c', version: 'v1.2.3', replacedBy: './local (devel)' }],
      settings: { '-tags': 'a,b', '-ldflags': '-linkmode external -extldflags "-static"' },
    });
  });

  it('is read in the form before Go 1.18, through pointers', () => {
    const bytes = new Uint8Array(96);
    const view = new DataView(bytes.buffer);
    bytes.set([0xff, ...new TextEncoder().encode(' Go buildinf:'), 8, 0]);
    view.setBigUint64(16, BigInt(dataAddress + 32), true);
    view.setBigUint64(24, BigInt(dataAddress + 48), true);
    view.setBigUint64(32, BigInt(dataAddress + 64), true);
    view.setBigUint64(40, 8n, true);
    bytes.set(new TextEncoder().encode('go1.17.3'), 64);
    expect(read({ data: bytes }).go).toMatchObject({ goVersion: 'go1.17.3', path: '' });
  });

  it('names the packages that call C, and their modules', () => {
    const info = writeBuildInfo('go1.26.8', goLines);
    const names = new TextEncoder().encode(
      '\0net._Cfunc_getaddrinfo\0example.org/c/x%2ey._Cfunc_open\0main._Cfunc_f\0',
    );
    expect(read({ data: Uint8Array.from([...info, ...names]) }).cgo).toEqual([
      { package: 'example.org/app', module: 'example.org/app', functions: ['f'] },
      { package: 'example.org/c/x.y', module: 'example.org/c', functions: ['open'] },
      { package: 'net', module: null, functions: ['getaddrinfo'] },
    ]);
  });
});

describe('bad input', () => {
  const whole = writeExecutable({
    interpreter: '/lib/ld.so',
    needed: ['libc.so'],
    notes: [{ owner: 'GNU', type: 3, description: new Uint8Array(20) }],
    symbols: { static_init_tls: 1 },
    data: writeBuildInfo('go1.26.8', goLines),
  });
  const outcome = (bytes: Uint8Array) => {
    try {
      return readExecutable('/app', memoryFiles({ '/app': bytes })).type;
    } catch (error) {
      if (error instanceof Failure) return 'failure';
      throw error;
    }
  };

  it('ends in one line when it is cut at any byte', () => {
    for (let length = 0; length < whole.length; length++) expect(outcome(whole.subarray(0, length))).toBe('failure');
    expect(outcome(whole)).toBe('dynamic');
  });

  it('never crashes or hangs with 0, -1 or 2^63 in any field', () => {
    const head = 64 + 8 * 56;
    for (let at = 16; at < whole.length - 8; at += at < head ? 2 : 8) {
      for (const value of [0n, 0xffffffffffffffffn, 1n << 63n]) {
        const bytes = Uint8Array.from(whole);
        new DataView(bytes.buffer).setBigUint64(at, value, true);
        expect(['failure', 'static', 'dynamic', 'shared-object', 'static-pie']).toContain(outcome(bytes));
      }
    }
  });

  it("reads no build info, or one of Go's, with 0, -1, 2^40 or 2^63 in any field of either form", () => {
    const pointers = new Uint8Array(96);
    const view = new DataView(pointers.buffer);
    pointers.set([0xff, ...new TextEncoder().encode(' Go buildinf:'), 8, 0]);
    // Two pointers to Go strings, which are pointer and length of one text.
    for (const [at, offset] of [
      [16, 32],
      [24, 48],
      [32, 64],
      [48, 64],
    ] as const) {
      view.setBigUint64(at, BigInt(dataAddress + offset), true);
    }
    for (const at of [40, 56]) view.setBigUint64(at, 8n, true);
    pointers.set(new TextEncoder().encode('go1.17.3'), 64);
    for (const data of [pointers, writeBuildInfo('go1.26.8', goLines)]) {
      const whole = writeExecutable({ data });
      const start = Buffer.from(whole).indexOf(' Go buildinf:') - 1;
      for (let at = start + 14; at < start + data.length - 8; at++) {
        for (const value of [0n, 0xffffffffffffffffn, 1n << 40n, 1n << 63n]) {
          const bytes = Uint8Array.from(whole);
          new DataView(bytes.buffer).setBigUint64(at, value, true);
          expect(outcome(bytes)).toBe('static');
        }
      }
    }
  });

  it.each([
    ['/none', 'there is no such file', 2],
    ['/folder', 'this is a folder', 2],
    ['/empty', 'the file is empty', 3],
    ['/text', 'the file is not an ELF file', 3],
  ])('%s: %s', (path, message, code) => {
    const files = memoryFiles({ '/folder/x': '', '/empty': '', '/text': 'hello, this is no program' });
    expect(() => readExecutable(path, files)).toThrow(expect.objectContaining({ message, code }));
  });
});
