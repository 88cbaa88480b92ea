/* Encodes the parameters of a stream. */
#include <stdint.h>
#include <stdio.h>
#include <x264.h>

int main(void) {
  x264_param_t wanted;
  if (x264_param_default_preset(&wanted, "ultrafast", "zerolatency") < 0) return 1;
  wanted.i_width = wanted.i_height = 64;
  wanted.i_csp = X264_CSP_I420;
  wanted.i_log_level = X264_LOG_NONE;
  x264_t *encoder = x264_encoder_open(&wanted);
  x264_nal_t *units;
  int count = 0;
  if (!encoder || x264_encoder_headers(encoder, &units, &count) <= 0) return 2;
  printf("x264 %d %d\n", X264_BUILD, count > 0);
  x264_encoder_close(encoder);
  return 0;
}
