import { expect, it } from 'vitest';
import { demangle } from './demangle.ts';

it.each([
  ['_ZSt19__throw_logic_errorPKc', 'std::__throw_logic_error(char const*)'],
  [
    '_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_createERmm',
    'std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char>>::_M_create(unsigned long&, unsigned long)',
  ],
  [
    '_ZNKSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE7compareEPKc',
    'std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char>>::compare(char const*) const',
  ],
  ['_ZNSt8ios_base4InitC1Ev', 'std::ios_base::Init::Init()'],
  ['_ZNSt8ios_base4InitD1Ev', 'std::ios_base::Init::~Init()'],
  ['_ZNSolsEi', 'std::ostream::operator<<(int)'],
  ['_ZNSoD1Ev', 'std::basic_ostream<char, std::char_traits<char>>::~basic_ostream()'],
  ['_ZNSo9_M_insertIbEERSoT_', 'std::ostream& std::ostream::_M_insert<bool>(bool)'],
  ['_ZStlsISt11char_traitsIcEEvPKc', 'void std::operator<<<std::char_traits<char>>(char const*)'],
  ['_Znwm', 'operator new(unsigned long)'],
  ['_ZTVN10__cxxabiv120__si_class_type_infoE', 'vtable for __cxxabiv1::__si_class_type_info'],
  ['_ZTISt9exception', 'typeinfo for std::exception'],
  [
    '_ZTTNSt7__cxx1118basic_stringstreamIcSt11char_traitsIcESaIcEEE',
    'VTT for std::__cxx11::basic_stringstream<char, std::char_traits<char>, std::allocator<char>>',
  ],
  ['_ZThn16_N1a1bD1Ev', 'non-virtual thunk to a::b::~b()'],
  ['_Z1fPFiPvmES_', 'f(int (*)(void*, unsigned long), void*)'],
  ['_Z1fRA3_KiM1ai', 'f(int const (&) [3], int a::*)'],
  ['_Z1fRKSt8functionIFvRK1aEE', 'f(std::function<void (a const&)> const&)'],
  ['_ZN12_GLOBAL__N_11fILi3ELb1EEEvv', 'void (anonymous namespace)::f<3, true>()'],
  ['_ZNK1acvbEv', 'a::operator bool() const'],
  ['_ZGVZ1fvE1xB5cxx11', 'guard variable for f()::x[abi:cxx11]'],
])('%s is %s', (symbol, name) => {
  expect(demangle(symbol)).toBe(name);
});

it('leaves alone what is no C++ name, or cut anywhere', () => {
  expect(demangle('__fprintf_chk')).toBeNull();
  expect(demangle('_Z')).toBeNull();
  const symbol = '_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_createERmm';
  for (let end = 0; end < symbol.length; end++) {
    const read = demangle(symbol.slice(0, end));
    expect(read === null || typeof read === 'string').toBe(true);
  }
});

it('ends soon on names that nest or double without end', () => {
  const begin = performance.now();
  expect(demangle(`_Z1f${'P'.repeat(4000)}i`)).toBeNull();
  const doubled = Array.from({ length: 40 }, (_, at) => {
    const before = `S${(2 * at).toString(36).toUpperCase()}_`;
    return `1aI${before}${before}E`;
  });
  expect(demangle(`_Z1f1aIiE${doubled.join('')}`)).toBeNull();
  expect(performance.now() - begin).toBeLessThan(500);
});
