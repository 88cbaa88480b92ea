#include <stdio.h>
#include <winscard.h>

int main(void) {
  SCARDCONTEXT context;
  LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, 0, 0, &context);
  printf("pcsclite %s\n", code == SCARD_S_SUCCESS || code == (LONG)SCARD_E_NO_SERVICE ? "ok" : "another error");
  return 0;
}
