import { expect, it } from 'vitest';
import { archive, link } from '../../test/links.ts';
import { nameParts } from './cxx-names.ts';

it('reads the names out of a mangled symbol', () => {
  const symbols = [
    '_ZN2v87Isolate3NewERKNS0_12CreateParamsE',
    '_ZNK2v85Value8IsStringEv',
    '_ZN2v87IsolateC1Ev',
    '_Z5startPKc',
    '_ZNSt8ios_base4InitC1Ev',
    '_ZTVN2v87IsolateE',
    '_ZN12_GLOBAL__N_11fEv',
    'start',
    '_ZN99x',
  ];
  expect(symbols.map((symbol) => nameParts(symbol)?.join('::') ?? null)).toEqual([
    'v8::Isolate::New',
    'v8::Value::IsString',
    'v8::Isolate',
    'start',
    null,
    null,
    null,
    null,
    'x',
  ]);
});

it('pulls what a C++ file names, and nothing that only a header of C declares', () => {
  const view = link({
    linker: 'lld',
    files: {
      '/x/libx.a': archive(
        { defines: ['_ZN1e6Engine5startEv'], needs: ['__snprintf_chk'] },
        { defines: ['_ZN1e6Engine5otherEv'], needs: ['unseen'] },
        { defines: ['e_stop'], needs: ['__strdup'] },
        { defines: ['e_declared'], needs: ['unseen'] },
      ),
    },
    packages: [{ ldflags: ['/x/libx.a'], words: { own: ['e', 'start', 'e_stop'], headers: ['Engine', 'e_declared'] } }],
  });
  expect(view.undefined.map(({ symbol }) => symbol)).toEqual(['__strdup', '__snprintf_chk']);
});
