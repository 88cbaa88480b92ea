import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ViewCache } from '../check/kept-view.ts';
import { recordQuestions } from '../io/asked.ts';
import { memoryStore, type Store } from '../io/store.ts';
import { openViewStore } from './view-store.ts';

const view = { units: [] } as unknown as Parameters<ViewCache['put']>[1];
const old = { kind: 'file', path: new URL('../../LICENSE', import.meta.url).pathname } as const;
let folder = '';
let store: Store = memoryStore();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gomusl-views-'));
  store = memoryStore();
});
afterEach(() => rmSync(folder, { recursive: true }));

it('holds a view while the disk gives the answers that it was made from', () => {
  const missing = { kind: 'file', path: join(folder, 'a.h') } as const;
  openViewStore(store, 'one').put(['key'], view, [old, missing]);
  const questions = recordQuestions();
  expect(openViewStore(store, 'one').get(['key'])).toEqual(view);
  expect(questions()).toEqual([old, missing]);
  expect(openViewStore(store, 'two').get(['key'])).toBeNull();
  expect(openViewStore(store, 'one').get(['other'])).toBeNull();
  writeFileSync(missing.path, '');
  expect(openViewStore(store, 'one').get(['key'])).toBeNull();
});

it('keeps no view of a file that changed while it was looked at', () => {
  const views = openViewStore(store, 'one');
  writeFileSync(join(folder, 'b.h'), '');
  views.put(['key'], view, [{ kind: 'file', path: join(folder, 'b.h') }]);
  expect(views.get(['key'])).toBeNull();
});

it.each(['', '{"asked":[', '{"asked":[],"view":null}', '{"view":{"units":[]}}', '{"asked":[1],"view":{"units":[]}}'])(
  'takes %j for none',
  (text) => {
    openViewStore({ ...store, put: (name) => store.put(name, text) }, 'one').put(['key'], view, []);
    expect(openViewStore(store, 'one').get(['key'])).toBeNull();
  },
);
