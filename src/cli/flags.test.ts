import { describe, expect, it } from 'vitest';
import { Failure } from '../model/failure.ts';
import { oneOf, parseFlags } from './flags.ts';

const shapes = { tags: 'value', race: 'boolean', only: 'list', C: 'value' } as const;

describe('parseFlags', () => {
  it('knows one dash and two, = and a word of its own, and flags behind packages', () => {
    const parsed = parseFlags('check', ['-tags', 'a,b', './x', '--race', '--only=p', '-only', 'q', '-C=dir'], shapes);
    expect(Object.fromEntries(parsed.values)).toEqual({ tags: 'a,b', race: 'true', C: 'dir' });
    expect(parsed.lists.get('only')).toEqual(['p', 'q']);
    expect(parsed.rest).toEqual(['./x']);
  });

  it('takes words after -- as they are', () => {
    expect(parseFlags('check', ['--', '-x.go'], shapes).rest).toEqual(['-x.go']);
  });

  it.each([
    [['--tgas', 'x'], 'unknown flag', 'did you mean --tags?'],
    [['--tags'], 'a flag lacks its value', 'run gomusl check --help'],
    [['--race=yes'], 'a flag that is on or off has another value', 'use =true or =false'],
    [['-x.go'], 'not a flag', 'run gomusl check --help'],
  ])('refuses %j', (words, what, action) => {
    const act = () => parseFlags('check', words, shapes);
    expect(act).toThrow(Failure);
    expect(act).toThrow(what);
    try {
      act();
    } catch (error) {
      expect((error as Failure).action).toBe(action);
    }
  });
});

it('oneOf names what is allowed', () => {
  const parsed = parseFlags('check', ['-tags', 'pdf'], shapes);
  expect(() => oneOf(parsed, 'tags', ['text', 'json'], 'text')).toThrow('--tags has an unknown value');
  expect(oneOf(parsed, 'C', ['text'], 'text')).toBe('text');
});
