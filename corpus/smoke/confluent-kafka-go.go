//smoke github.com/confluentinc/confluent-kafka-go/kafka
//smoke github.com/confluentinc/confluent-kafka-go/v2/kafka

package main

import (
	"os"

	"github.com/confluentinc/confluent-kafka-go/kafka"
)

func init() {
	number, name := kafka.LibraryVersion()
	producer, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": "127.0.0.1:1"})
	if err != nil || number == 0 || name == "" {
		println("smoke: no producer")
		os.Exit(1)
	}
	producer.Close()
}
