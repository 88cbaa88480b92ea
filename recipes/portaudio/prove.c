#include <portaudio.h>
#include <stdio.h>

int main(void) {
  printf("portaudio %s\n", Pa_GetErrorText(paInvalidDevice));
  return 0;
}
