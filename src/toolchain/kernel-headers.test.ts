import { expect, it } from 'vitest';
import { memoryFiles } from '../io/memory.ts';
import { kernelHeaderLinks } from './kernel-headers.ts';

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
