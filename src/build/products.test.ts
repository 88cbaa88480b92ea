import { expect, it } from 'vitest';
import { executableName, productsOf } from './products.ts';

const main = (importPath: string, files = ['main.go']) => ({ importPath, name: 'main', files });
const library = { importPath: 'example.org/a/lib', name: 'lib', files: ['lib.go'] };

it('names executables as go build does', () => {
  expect(executableName(main('example.org/tool'))).toBe('tool');
  expect(executableName(main('example.org/tool/v2'))).toBe('tool');
  expect(executableName(main('example.org/tool/v1'))).toBe('v1');
  expect(executableName(main('v2'))).toBe('v2');
  expect(executableName(main('command-line-arguments', ['ed.go', 'rx.go']))).toBe('ed');
});

it('knows where go build writes', () => {
  const outputs = (packages: Parameters<typeof productsOf>[0], output?: string) =>
    productsOf(packages, output, '/m', (path) => path === '/m/bin').map((program) => program.output);
  const [a, b] = [main('example.org/a'), main('example.org/b')];
  expect(outputs([a])).toEqual(['/m/a']);
  expect(outputs([a], 'app')).toEqual(['/m/app']);
  expect(outputs([a], 'bin')).toEqual(['/m/bin/a']);
  expect(outputs([a, b, library], 'out/')).toEqual(['/m/out/a', '/m/out/b']);
  expect(outputs([a, library])).toEqual([null]);
  expect(outputs([library])).toEqual([]);
  expect(outputs([a], '/dev/null')).toEqual([null]);
});
