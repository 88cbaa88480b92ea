/* A table in memory, written and asked. */
#include <sqlite3.h>
#include <stdio.h>

int main(void) {
  sqlite3 *db;
  sqlite3_stmt *row;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) return 1;
  if (sqlite3_exec(db, "CREATE TABLE t(a); INSERT INTO t VALUES (40), (2)", 0, 0, 0) != SQLITE_OK) return 2;
  if (sqlite3_prepare_v2(db, "SELECT sum(a) FROM t", -1, &row, 0) != SQLITE_OK) return 3;
  if (sqlite3_step(row) != SQLITE_ROW) return 4;
  printf("sqlite %s %d\n", sqlite3_libversion(), sqlite3_column_int(row, 0));
  return 0;
}
