#include <math.h>
#include <opus.h>
#include <stdio.h>

int main(void) {
  static opus_int16 sound[960], again[960];
  unsigned char packet[1500];
  int error;
  for (int at = 0; at < 960; at++) sound[at] = (opus_int16)(8000 * sin(at * 0.05));
  OpusEncoder *encoder = opus_encoder_create(48000, 1, OPUS_APPLICATION_AUDIO, &error);
  if (error != OPUS_OK) return 1;
  OpusDecoder *decoder = opus_decoder_create(48000, 1, &error);
  if (error != OPUS_OK) return 2;
  int length = opus_encode(encoder, sound, 960, packet, sizeof packet);
  if (length <= 0 || opus_decode(decoder, packet, length, again, 960, 0) != 960) return 3;
  puts("opus ok");
  return 0;
}
