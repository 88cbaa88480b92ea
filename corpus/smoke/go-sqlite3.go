//smoke github.com/mattn/go-sqlite3
//smoke github.com/rqlite/go-sqlite3

package main

import (
	"database/sql"
	"os"
)

func init() {
	database, err := sql.Open("sqlite3", "smoke.db")
	if err == nil {
		_, err = database.Exec("create table t (a integer, b text)")
	}
	if err == nil {
		_, err = database.Exec("insert into t values (41, 'x'), (1, 'y')")
	}
	var sum int
	if err == nil {
		err = database.QueryRow("select sum(a) from t").Scan(&sum)
	}
	if err != nil || sum != 42 {
		if err != nil {
			println("smoke:", err.Error())
		}
		println("smoke: the sum is", sum)
		os.Exit(1)
	}
}
