// What the codes of C++ symbols stand for. Source: Itanium C++ ABI, section 5.1.

export const builtins: Record<string, string> = {
  v: 'void',
  w: 'wchar_t',
  b: 'bool',
  c: 'char',
  a: 'signed char',
  h: 'unsigned char',
  s: 'short',
  t: 'unsigned short',
  i: 'int',
  j: 'unsigned int',
  l: 'long',
  m: 'unsigned long',
  x: 'long long',
  y: 'unsigned long long',
  n: '__int128',
  o: 'unsigned __int128',
  f: 'float',
  d: 'double',
  e: 'long double',
  g: '__float128',
  z: '...',
  Ds: 'char16_t',
  Di: 'char32_t',
  Du: 'char8_t',
  Da: 'auto',
};
export const abbreviations: Record<string, string> = {
  a: 'std::allocator',
  b: 'std::basic_string',
  s: 'std::string',
  i: 'std::istream',
  o: 'std::ostream',
  d: 'std::iostream',
};
/** What those of them that are short for a template are called where a constructor or destructor follows. */
export const templates: Record<string, string> = {
  s: 'std::basic_string<char, std::char_traits<char>, std::allocator<char>>',
  i: 'std::basic_istream<char, std::char_traits<char>>',
  o: 'std::basic_ostream<char, std::char_traits<char>>',
  d: 'std::basic_iostream<char, std::char_traits<char>>',
};
/** Two letters, then the operator; `_` stands for a blank. */
const operatorCodes = [
  'nw_new na_new[] dl_delete da_delete[] ps+ ng- ad& de* co~ pl+ mi- ml* dv/ rm% an& or| eo^ aS= pL+= mI-= mL*=',
  'dV/= rM%= aN&= oR|= eO^= ls<< rs>> lS<<= rS>>= eq== ne!= lt< gt> le<= ge>= ss<=> nt! aa&& oo|| pp++ mm-- cm,',
  'pm->* pt-> cl() ix[]',
];
export const operators: Record<string, string> = Object.fromEntries(
  operatorCodes.flatMap((line) => line.split(' ').map((code) => [code.slice(0, 2), code.slice(2).replace('_', ' ')])),
);
export const specials: Record<string, string> = {
  TV: 'vtable for ',
  TT: 'VTT for ',
  TI: 'typeinfo for ',
  TS: 'typeinfo name for ',
};
export const suffixes: Record<string, string> = { j: 'u', l: 'l', m: 'ul', x: 'll', y: 'ull' };
