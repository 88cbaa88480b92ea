import { expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import { splitWords } from '../toolchain/words.ts';
import { planEnvironment, printEnvironment } from './environment.ts';

const plan: Plan = {
  dir: '/m',
  kind: 'musl',
  reason: '',
  toolchain: null,
  choice: null,
  programs: [],
  verifies: true,
  environment: { CGO_ENABLED: '1', CC: '/opt/my tools/cc' },
  command: ['go', 'build', '-o=app', "-ldflags=-s '-extldflags=-static /n.o'", '-tags=a', '--', '.'],
  remedies: [],
  notes: [],
};

it('puts the flags of the build into GOFLAGS, after the own ones', () => {
  const { GOFLAGS = '', CC } = planEnvironment(plan, ['-mod=mod', '-ldflags=-w', '-tags=a']);
  expect(CC).toBe('/opt/my tools/cc');
  expect(splitWords(GOFLAGS)).toEqual(['-mod=mod', '-tags=a', "-ldflags=-s '-extldflags=-static /n.o'"]);
});

it('leaves a person their overlay unless that of the plan has it in', () => {
  const flagsOf = (words: string[]) => {
    const command = ['go', 'build', ...words, '--', '.'];
    return splitWords(planEnvironment({ ...plan, command }, ['-overlay=own.json']).GOFLAGS ?? '');
  };
  expect(flagsOf(['-tags=a'])).toEqual(['-overlay=own.json', '-tags=a']);
  expect(flagsOf(['-overlay=/merged.json'])).toEqual(['-overlay=/merged.json']);
});

it('refuses what GOFLAGS cannot say', () => {
  const command = ['go', 'build', `-ldflags=-X 'a.b=c "d"' "-extldflags=x y"`, '--'];
  expect(() => planEnvironment({ ...plan, command }, [])).toThrow('cannot stand in GOFLAGS');
});

it('prints for each reader in its own quoting', () => {
  const variables = { A: `it's "$x"`, B: 'b $(c)' };
  const shell = printEnvironment(variables, 'shell');
  expect(shell).toBe(`export A='it'\\''s "$x"'\nexport B='b $(c)'\n`);
  expect(printEnvironment(variables, 'dotenv')).toBe(`A="it's \\"\\$x\\""\nB='b $(c)'\n`);
  expect(printEnvironment(variables, 'github')).toBe(`A=it's "$x"\nB=b $(c)\n`);
  expect(JSON.parse(printEnvironment(variables, 'json'))).toEqual(variables);
});

it('lets no line of a value become a variable of its own', () => {
  const variables = { A: 'x\nPATH=/evil\nEND_OF_VALUE\nB=1' };
  expect(printEnvironment(variables, 'github')).toBe(
    'A<<END_OF_VALUE_\nx\nPATH=/evil\nEND_OF_VALUE\nB=1\nEND_OF_VALUE_\n',
  );
});

it('passes on every flag but those of one build', () => {
  const command = ['go', 'build', '-o=app', '-gcflags=all=-N', '-p=2', '-n=true', '--', '-race=true'];
  expect(planEnvironment({ ...plan, command }, []).GOFLAGS).toBe('-gcflags=all=-N -p=2');
});
