#include "shim.h"

SHIM int malloc_trim(size_t keep) { return 0; }
SHIM int mallopt(int parameter, int value) { return 0; }
