package protocoltest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// RecordVariable names the folder in which tests record the messages that they receive. Without it none are recorded.
const RecordVariable = "PAYMENTLINKS_MESSAGES"

// Kind is what a message is.
type Kind string

// The kinds.
const (
	Error         Kind = "error"
	Warning       Kind = "warning"
	FunctionError Kind = "error of a function"
	Progress      Kind = "progress of an action"
)

// Message is what a provider tells its user. Only diagnostics have a detail.
type Message struct {
	Kind            Kind
	Summary, Detail string
}

// Message is the diagnostic without its attribute.
func (d Diagnostic) Message() Message {
	if d.Error {
		return Message{Error, d.Summary, d.Detail}
	}
	return Message{Warning, d.Summary, d.Detail}
}

var recorded = struct {
	sync.Mutex
	messages map[Message]bool
	file     *os.File
}{messages: map[Message]bool{}}

// Record records a message, once. Each process has a file of its own.
func Record(m Message) {
	dir := os.Getenv(RecordVariable)
	if dir == "" {
		return
	}
	recorded.Lock()
	defer recorded.Unlock()
	if recorded.messages[m] {
		return
	}
	recorded.messages[m] = true
	line, err := json.Marshal(m)
	if err == nil && recorded.file == nil {
		recorded.file, err = os.CreateTemp(dir, "*.jsonl")
	}
	if err == nil {
		_, err = recorded.file.Write(append(line, '\n'))
	}
	if err != nil {
		panic(err)
	}
}

// Recorded reads what all processes recorded in a folder.
func Recorded(dir string) ([]Message, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		return nil, err
	}
	var out []Message
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			var m Message
			if err := json.Unmarshal([]byte(line), &m); err != nil {
				return nil, err
			}
			out = append(out, m)
		}
	}
	return out, nil
}
