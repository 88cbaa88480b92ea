#include <security/pam_appl.h>
#include <stdio.h>

static int say(int count, const struct pam_message **messages, struct pam_response **answers, void *data) {
  (void)count, (void)messages, (void)answers, (void)data;
  return PAM_CONV_ERR;
}

int main(void) {
  struct pam_conv talk = {say, 0};
  pam_handle_t *handle = 0;
  int code = pam_start("gomusl-proof", "nobody", &talk, &handle);
  printf("pam %s\n", code == PAM_SUCCESS || code == PAM_ABORT ? "ok" : pam_strerror(handle, code));
  return 0;
}
