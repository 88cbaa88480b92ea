/* Puts a value into a new database, and reads it from the opened one. */
#include <leveldb/c.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  char folder[] = "leveldb-XXXXXX", *error = NULL;
  if (!mkdtemp(folder)) return 1;
  leveldb_options_t *options = leveldb_options_create();
  leveldb_options_set_create_if_missing(options, 1);
  leveldb_t *database = leveldb_open(options, folder, &error);
  if (error) return 2;
  leveldb_put(database, leveldb_writeoptions_create(), "key", 3, "value", 5, &error);
  if (error) return 3;
  leveldb_close(database);
  database = leveldb_open(options, folder, &error);
  size_t length = 0;
  char *value = error ? NULL : leveldb_get(database, leveldb_readoptions_create(), "key", 3, &length, &error);
  if (error || !value) return 4;
  printf("leveldb %d.%d %.*s\n", leveldb_major_version(), leveldb_minor_version(), (int)length, value);
  leveldb_close(database);
  leveldb_destroy_db(options, folder, &error);
  return error ? 5 : 0;
}
