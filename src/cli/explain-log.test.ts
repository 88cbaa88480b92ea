import { expect, it } from 'vitest';
import { readBuildLog } from '../buildlog/read-log.ts';
import { openLibc } from '../libc/open.ts';
import { moduleOfPath } from './explain-failure.ts';
import { explainedText } from './explain-log.ts';

const libc = openLibc({ name: 'musl', version: '1.2.5', flavor: 'upstream' });
const pages = (id: string) => ({ id, title: 'A title', page: '# x\n\n**What to do.** Use `other` for it.\n' });
const explain = (log: string) => explainedText(readBuildLog(log), libc, pages);

it('tells each trouble once: rule, name, first message, how often, what to do', () => {
  const log =
    "x.c:(.text+0x1): undefined reference to `__strdup'\nx.c:(.text+0x9): undefined reference to `__strdup'\n";
  expect(explain(log)).toBe(
    [
      'GM201 __strdup: A title',
      "    x.c:(.text+0x1): undefined reference to '__strdup' (and 1 more)",
      '  > Use other for it.',
      '    gomusl explain GM201',
      '',
    ].join('\n'),
  );
});

it('says so when Go alone is to blame, and nothing when nobody is', () => {
  expect(explain('./a.go:6:5: undefined: T\n')).toContain('an error of Go, not of C or musl');
  expect(explain('main.go: malformed #cgo argument: -lx\\y\n')).toContain('an error of Go, not of C or musl');
  expect(explain('x.c:1:2: error: expected expression\n')).toContain('gcc: an error that no rule explains');
  expect(explain('all is well\n')).toBe('');
});

it('names the module, and what a check said is to be done', () => {
  const known = () => ({ module: 'example.org/m v1.0.0', action: 'Build with -tags musl.' });
  const log = readBuildLog('x.c:1:2: fatal error: sys/x.h: No such file or directory\n');
  expect(explainedText(log, libc, pages, known)).toMatch(
    /\n {4}in example.org\/m v1.0.0\n {2}> Build with -tags musl.\n/,
  );
  expect(moduleOfPath('../../root/go/pkg/mod/github.com/!burnt!sushi/toml@v1.2.0/x.c')).toBe(
    'github.com/BurntSushi/toml v1.2.0',
  );
  expect(moduleOfPath('/go/pkg/mod/cache/download/a/@v/v1.0.0.zip')).toBeNull();
});

it('makes hostile log text harmless and keeps it short', () => {
  const text = explain(`x.c:1:2: fatal error: a\u202eb/${'c'.repeat(5000)}.h: No such file or directory\n`);
  expect(text).not.toContain('\u202e');
  const many = Array.from({ length: 100 }, (_, at) => `x.c:(.text+0x1): undefined reference to \`f${at}'`).join('\n');
  expect(explain(many)).toContain('and 80 more');
});
