package messages

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Variable names the folder in which a test's process records messages; without it none are recorded.
const Variable = "PAYMENTLINKS_MESSAGES"

func recording() bool { return os.Getenv(Variable) != "" }

var recorded = struct {
	sync.Mutex
	messages map[Message]bool
	file     *os.File
}{messages: map[Message]bool{}}

// Record records a message that a test receives, and the lines of an answer in it. Each process has a file of its own.
func Record(kind, summary, detail string) {
	if !recording() || slices.Contains(frameworks, summary) {
		return
	}
	message, answers := normalize(kind, summary, detail)
	recorded.Lock()
	defer recorded.Unlock()
	for _, m := range append(answers, message) {
		if recorded.messages[m] {
			continue
		}
		recorded.messages[m] = true
		line, err := json.Marshal(m)
		if err == nil && recorded.file == nil {
			recorded.file, err = os.CreateTemp(os.Getenv(Variable), "*.jsonl")
		}
		if err == nil {
			_, err = recorded.file.Write(append(line, '\n'))
		}
		if err != nil {
			panic(err)
		}
	}
}

// Recorded reads what all processes recorded in a folder.
func Recorded(dir string) ([]Message, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err == nil && len(files) == 0 {
		err = errors.New("no test has recorded a message in " + dir)
	}
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
