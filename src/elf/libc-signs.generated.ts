// Generated from data/libc-signs.yaml by `npm run generate`. Do not edit.
import type { LibcSign } from './libc-sign.ts';

export const libcSigns: readonly LibcSign[] = [
  {"name":"gomusl-note","libc":"musl","proof":"strong","kind":"note","owner":"gomusl","type":1,"says":"a note that `gomusl build` links in, pointing at musl's version"},
  {"name":"libc-version","libc":"musl","proof":"strong","kind":"symbol","symbol":"__libc_version","says":"the symbol `__libc_version`"},
  {"name":"start-main-stage2","libc":"musl","proof":"strong","kind":"symbol","symbol":"libc_start_main_stage2","says":"the symbol `libc_start_main_stage2`"},
  {"name":"static-init-tls","libc":"musl","proof":"strong","kind":"symbol","symbol":"static_init_tls","says":"the symbol `static_init_tls`"},
  {"name":"builtin-tls","libc":"musl","proof":"strong","kind":"symbol","symbol":"builtin_tls","says":"the symbol `builtin_tls`"},
  {"name":"musl-interpreter","libc":"musl","proof":"strong","kind":"interpreter","pattern":"/ld-musl-[^/]*$","says":"the interpreter `ld-musl-*`"},
  {"name":"musl-needed","libc":"musl","proof":"strong","kind":"needed","pattern":"^(libc\\.musl-.*\\.so\\.1|libc\\.so)$","says":"the shared library `libc.so`"},
  {"name":"musl-error-texts","libc":"musl","proof":"weak","kind":"text","text":"Illegal byte sequence\\0Domain error\\0Result not representable\\0Not a tty\\0","says":"musl's table of error texts"},
  {"name":"abi-tag","libc":"glibc","proof":"strong","kind":"note","owner":"GNU","type":1,"says":"the note NT_GNU_ABI_TAG"},
  {"name":"setup-tls","libc":"glibc","proof":"strong","kind":"symbol","symbol":"__libc_setup_tls","says":"the symbol `__libc_setup_tls`"},
  {"name":"init-secure","libc":"glibc","proof":"strong","kind":"symbol","symbol":"__libc_init_secure","says":"the symbol `__libc_init_secure`"},
  {"name":"irelative","libc":"glibc","proof":"weak","kind":"relocation","says":"IRELATIVE relocations, which musl cannot run"},
  {"name":"glibc-versions","libc":"glibc","proof":"strong","kind":"version","prefix":"GLIBC_","says":"symbol versions `GLIBC_*`"},
  {"name":"glibc-interpreter","libc":"glibc","proof":"strong","kind":"interpreter","pattern":"/(ld-linux[^/]*|ld64)\\.so\\.[0-9]+$","says":"the interpreter `ld-linux*`"},
  {"name":"glibc-needed","libc":"glibc","proof":"strong","kind":"needed","pattern":"^libc\\.so\\.6(\\.1)?$","says":"the shared library `libc.so.6`"},
  {"name":"glibc-tunables","libc":"glibc","proof":"weak","kind":"text","text":"glibc.rtld.","says":"names of glibc's tunables"},
  {"name":"glibc-tls-text","libc":"glibc","proof":"weak","kind":"text","text":"TLS generation counter wrapped!","says":"a message of glibc's TLS code"},
];

export const unwinders: readonly string[] = ["__cxa_throw","_Unwind_RaiseException","_Unwind_ForcedUnwind"];
