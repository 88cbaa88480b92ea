#include <alsa/asoundlib.h>
#include <stdio.h>

int main(void) {
  snd_pcm_t *none;
  if (snd_pcm_open(&none, "no such device", SND_PCM_STREAM_PLAYBACK, 0) >= 0) return 1;
  printf("alsa %s %s\n", snd_asoundlib_version(), snd_pcm_format_name(SND_PCM_FORMAT_S16_LE));
  return 0;
}
