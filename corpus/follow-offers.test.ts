import { expect, it } from 'vitest';
import type { Remedy } from '../src/model/finding.ts';
import type { Result } from '../src/model/result.ts';
import { followOffers } from './follow-offers.ts';

const library = (name: string): Remedy => ({ kind: 'library', automatic: false, form: 'header', name });
const recipe = (name: string): Remedy => ({
  kind: 'recipe',
  automatic: false,
  recipe: name,
  command: `gomusl lib add ${name}`,
  licence: 'MIT',
});
const tag = (name: string): Remedy => ({ kind: 'tag', automatic: false, tags: [name] });
const patch: Remedy = { kind: 'module-patch', automatic: false, module: 'm', version: 'v1', patch: 'p' };

/** A result that is blocked by an error for each remedy; `built`: recipes that it is judged with. */
function result(remedies: Remedy[], built: string[] = []): Result {
  const findings = remedies.map((remedy) => ({ severity: 'error', remedies: [remedy] }));
  const runs = [{ remedies: built.map((name) => ({ ...recipe(name), automatic: true })) }];
  return { verdict: findings.length > 0 ? 'blocked' : 'static-with-remedies', findings, runs } as never;
}

/** A program that needs libraries, one hidden by the one before; `unbuildable` cannot be built. */
function machine(needs: Remedy[], unbuildable: string[] = []) {
  const built: string[] = [];
  const asked: string[] = [];
  const open = () => needs.find((one) => one.kind !== 'recipe' || !built.includes(one.recipe));
  return {
    asked,
    ask: async (tags: string[], patches: boolean) => {
      asked.push([...tags, ...(patches ? ['patches'] : []), ...built].join(' '));
      const next = open();
      if (next?.kind === 'tag' && tags.join() === next.tags.join()) return result([], built);
      if (next?.kind === 'module-patch' && patches) return result([], built);
      return result(next ? [next] : [], built);
    },
    addLibrary: async (command: string) => {
      const name = command.split(' ').at(-1) ?? '';
      if (unbuildable.includes(name)) return 'no such compiler';
      built.push(name);
      return null;
    },
  };
}

it('adds a library, asks again, and adds the one behind it', async () => {
  const means = machine([recipe('a'), recipe('b')]);
  const followed = await followOffers(means);
  expect(followed).toMatchObject({ libraries: ['a', 'b'], unbuilt: {}, missing: [], tags: [], patches: false });
  expect(followed.judged?.verdict).toBe('static-with-remedies');
  expect(means.asked).toEqual(['', 'a', 'a b']);
});

it('takes a tag or a patch that comes to light behind a library', async () => {
  expect(await followOffers(machine([recipe('a'), tag('musl')]))).toMatchObject({ libraries: ['a'], tags: ['musl'] });
  expect(await followOffers(machine([recipe('a'), patch]))).toMatchObject({ libraries: ['a'], patches: true });
});

it('gives up at a library without a recipe, and at one that is not built', async () => {
  const lacks = await followOffers(machine([recipe('a'), library('cuda.h')]));
  expect(lacks).toMatchObject({ judged: { verdict: 'blocked' }, libraries: ['a'], missing: ['cuda.h'] });
  const fails = machine([recipe('a')], ['a']);
  expect(await followOffers(fails)).toMatchObject({ libraries: [], unbuilt: { a: 'no such compiler' }, missing: [] });
  expect(fails.asked).toHaveLength(2);
});

it('takes no tag that does not lift the block', async () => {
  const means = machine([library('x.h')]);
  const ask = async (tags: string[]) => result(tags.length > 0 ? [library('y.h')] : [tag('dynamic')]);
  expect(await followOffers({ ...means, ask })).toMatchObject({ tags: [], patches: false });
});
