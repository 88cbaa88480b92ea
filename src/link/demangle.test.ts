import { expect, it } from 'vitest';
import { demangle } from './demangle.ts';

const string = 'std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char>>';

it.each([
  ['_ZSt20__throw_length_errorPKc', 'std::__throw_length_error(char const*)'],
  [
    '_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_createERmm',
    `${string}::_M_create(unsigned long&, unsigned long)`,
  ],
  [
    '_ZNSt13runtime_errorC1ERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE',
    `std::runtime_error::runtime_error(${string} const&)`,
  ],
  [
    '_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_PKc',
    'std::basic_ostream<char, std::char_traits<char>>& std::operator<<<std::char_traits<char>>(std::basic_ostream<char, std::char_traits<char>>&, char const*)',
  ],
  [
    '_ZTVNSt7__cxx1119basic_ostringstreamIcSt11char_traitsIcESaIcEEE',
    'vtable for std::__cxx11::basic_ostringstream<char, std::char_traits<char>, std::allocator<char>>',
  ],
  [
    '_ZNSt6thread15_M_start_threadESt10unique_ptrINS_6_StateESt14default_deleteIS1_EEPFvvE',
    'std::thread::_M_start_thread(std::unique_ptr<std::thread::_State, std::default_delete<std::thread::_State>>, void (*)())',
  ],
  [
    '_ZNSsC1ERKSs',
    'std::basic_string<char, std::char_traits<char>, std::allocator<char>>::basic_string(std::string const&)',
  ],
  ['_ZNKSt9exception4whatEv', 'std::exception::what() const'],
  ['_ZSt15__once_callable', 'std::__once_callable'],
  ['_Z1fIJRiOcEEvDpOT_', 'void f<int&, char&&>(int&, char&&)'],
  ['_Z1fRA3_KcM1AFivE', 'f(char const (&) [3], int (A::*)())'],
])('%s', (symbol, shown) => {
  expect(demangle(symbol, 'llvm')).toBe(shown);
});

it('keeps angle brackets apart as GNU ld does', () => {
  expect(demangle('_ZNSt6vectorIS_IiSaIiEESaIS1_EE5clearEv', 'gnu')).toContain('> >');
  expect(demangle('_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_PKc', 'gnu')).toContain('operator<< <');
});

it.each([
  'printf',
  '_Zfoo',
  '_ZN3fooE99',
  '_ZNS_',
  '_Z1fIXadL_Z1gvEEEvv',
  `_Z1f${'P'.repeat(5000)}i`,
  '_Z99f',
  '_Z1fS9_',
  '_ZN',
])('leaves %s as it is', (symbol) => {
  expect(demangle(symbol, 'llvm')).toBe(symbol);
});
