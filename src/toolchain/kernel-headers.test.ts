import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { packedKernelHeaders } from './bundle.ts';
import { kernelHeaderLinks, kernelHeadersFolder } from './kernel-headers.ts';

const debian = memoryFiles({
  '/usr/include/stdio.h': '',
  '/usr/include/linux/limits.h': '',
  '/usr/include/asm-generic/errno.h': '',
  '/usr/include/scsi/sg.h': '',
  '/usr/include/x86_64-linux-gnu/asm/errno.h': '',
});

it('links the folders of the kernel and nothing of glibc', () => {
  expect(kernelHeaderLinks('amd64', 'amd64', debian)).toEqual({
    linux: { link: '/usr/include/linux' },
    asm: { link: '/usr/include/x86_64-linux-gnu/asm' },
    'asm-generic': { link: '/usr/include/asm-generic' },
  });
});

it("does not take the host's asm/ for another architecture", () => {
  const fedora = memoryFiles({
    '/usr/include/linux/limits.h': '',
    '/usr/include/asm-generic/errno.h': '',
    '/usr/include/asm/errno.h': '',
  });
  expect(kernelHeaderLinks('amd64', 'amd64', fedora)).not.toBeNull();
  expect(kernelHeaderLinks('arm64', 'amd64', fedora)).toBeNull();
  expect(kernelHeaderLinks('arm64', 'amd64', debian)).toBeNull();
});

it('finds the headers of a cross package', () => {
  const cross = memoryFiles({
    '/usr/aarch64-linux-gnu/include/linux/limits.h': '',
    '/usr/aarch64-linux-gnu/include/asm/errno.h': '',
    '/usr/aarch64-linux-gnu/include/asm-generic/errno.h': '',
  });
  expect(kernelHeaderLinks('arm64', 'amd64', cross)?.asm).toEqual({ link: '/usr/aarch64-linux-gnu/include/asm' });
});

it('takes those that a bundle brought where the machine has none', () => {
  const folder = '/cache/gomusl/toolchains/kernel-headers-arm64';
  const files = memoryFiles({ [`${folder}/linux/limits.h`]: '' });
  expect(kernelHeadersFolder({ goarch: 'arm64' }, { XDG_CACHE_HOME: '/cache' }, files)).toBe(folder);
  expect(kernelHeadersFolder({ goarch: 'amd64' }, { XDG_CACHE_HOME: '/cache' }, files)).toBeNull();
});

it('are packed beside a musl that needs them, once', () => {
  const cross = memoryFiles({
    '/usr/riscv64-linux-gnu/include/linux/limits.h': '',
    '/usr/riscv64-linux-gnu/include/asm/errno.h': '',
    '/usr/riscv64-linux-gnu/include/asm-generic/errno.h': '',
  });
  const names = (...given: string[]) => packedKernelHeaders(given, 'riscv64', cross).map(({ name }) => name);
  expect(names('musl-1.2.5', 'musl-1.2.3-riscv64', 'zig-0.17.1')).toEqual(['kernel-headers-riscv64']);
  expect(names('zig-0.17.1')).toEqual([]);
  expect(names('musl-1.2.5-s390x')).toEqual([]);
  expect(names('musl-1.2.5', 'kernel-headers-riscv64')).toEqual([]);
});
