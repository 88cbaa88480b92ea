/** Names of functions that a Go file exports to C: its `//export` comments. */
export function exportedNames(goText: string): string[] {
  return [...goText.matchAll(/^\/\/export[ \t]+(\S+)[ \t]*\r?$/gm)].map((match) => match[1] as string);
}

/** What cmd/cgo writes before the preambles of files that export functions (cmd/cgo/out.go, builtinExportProlog). */
const prologue = `#include <stddef.h>
#ifndef GO_CGO_EXPORT_PROLOGUE_H
#define GO_CGO_EXPORT_PROLOGUE_H
#ifndef GO_CGO_GOSTRING_TYPEDEF
typedef struct { const char *p; ptrdiff_t n; } _GoString_;
extern size_t _GoStringLen(_GoString_ s);
extern const char *_GoStringPtr(_GoString_ s);
#endif
#endif
`;

/** The types that follow them (gccExportHeaderProlog). */
const types = `
#ifndef GO_CGO_PROLOGUE_H
#define GO_CGO_PROLOGUE_H
typedef signed char GoInt8;
typedef unsigned char GoUint8;
typedef short GoInt16;
typedef unsigned short GoUint16;
typedef int GoInt32;
typedef unsigned int GoUint32;
typedef long long GoInt64;
typedef unsigned long long GoUint64;
typedef GoInt64 GoInt;
typedef GoUint64 GoUint;
typedef size_t GoUintptr;
typedef float GoFloat32;
typedef double GoFloat64;
typedef float _Complex GoComplex64;
typedef double _Complex GoComplex128;
#ifndef GO_CGO_GOSTRING_TYPEDEF
typedef _GoString_ GoString;
#endif
typedef void *GoMap;
typedef void *GoChan;
typedef struct { void *t; void *v; } GoInterface;
typedef struct { void *data; GoInt len; GoInt cap; } GoSlice;
#endif
`;

/** The text of `_cgo_export.h`, as far as names go: `files` are the Go files of a package that export functions. */
export function exportHeader(files: { preambles: string[]; exports: string[] }[]): string {
  const preambles = files.flatMap((file) => file.preambles).join('\n');
  const functions = files.flatMap((file) => file.exports).map((name) => `extern GoInt ${name}();`);
  return [
    prologue,
    preambles,
    types,
    '#ifdef __cplusplus\nextern "C" {\n#endif',
    ...functions,
    '#ifdef __cplusplus\n}\n#endif',
    '',
  ].join('\n');
}

/** What cmd/cgo puts before every preamble (builtinProlog). */
export const preamblePrologue = `#include <stddef.h>
typedef ptrdiff_t intgo;
#define GO_CGO_GOSTRING_TYPEDEF
typedef struct { const char *p; intgo n; } _GoString_;
typedef struct { char *p; intgo n; intgo c; } _GoBytes_;
_GoString_ GoString(char *p);
_GoString_ GoStringN(char *p, int l);
_GoBytes_ GoBytes(void *p, int n);
char *CString(_GoString_);
void *CBytes(_GoBytes_);
void *_CMalloc(size_t);
__attribute__ ((unused))
static size_t _GoStringLen(_GoString_ s) { return (size_t)s.n; }
__attribute__ ((unused))
static const char *_GoStringPtr(_GoString_ s) { return s.p; }
`;
