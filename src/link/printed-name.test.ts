import { expect, it } from 'vitest';
import { printedName } from './printed-name.ts';

it.each([
  [
    '_ZNSt6vectorIS_IiSaIiEESaIS1_EE5clearEv',
    'std::vector<std::vector<int, std::allocator<int> >, std::allocator<std::vector<int, std::allocator<int> > > >::clear()',
  ],
  ['_ZNSirsERi', 'std::istream::operator>>(int&)'],
  [
    '_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_PKc',
    'std::basic_ostream<char, std::char_traits<char> >& std::operator<< <std::char_traits<char> >(std::basic_ostream<char, std::char_traits<char> >&, char const*)',
  ],
  ['printf', 'printf'],
  ['_ZN', '_ZN'],
])('%s as GNU ld prints it', (symbol, printed) => {
  expect(printedName(symbol, 'gnu')).toBe(printed);
});

it('keeps closing brackets together as lld does', () => {
  expect(printedName('_ZNSt6vectorIS_IiSaIiEESaIS1_EE5clearEv', 'llvm')).toMatch(/>>>::clear\(\)$/);
});
