package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/messages"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A message that is new or gone fails, until the file is written again.
func TestRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "messages.txt")
	put := func(name string, all ...messages.Message) {
		t.Helper()
		var text strings.Builder
		for _, m := range all {
			line, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			text.Write(append(line, '\n'))
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	one := messages.Message{Kind: protocoltest.Error, Summary: "Cannot read it", Detail: "HTTP 500 Oops (GET /a)\nGave up after 3 attempts.\n\nTry again."}
	two := messages.Message{Kind: protocoltest.Progress, Summary: "Reading it"}
	expect := func(want string, args ...string) {
		t.Helper()
		err := run(append(args, dir), file, os.Stderr)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	expect("no test has recorded a message", "-write")
	put("a.jsonl", one)
	expect("", "-write")
	expect("")
	put("b.jsonl", two, one)
	expect("the file lacks: progress of an action: Reading it")
	expect("", "-write")
	expect("")
	put("a.jsonl", two)
	put("b.jsonl", two)
	expect("no test receives any more: error: Cannot read it\n    {answer}\n    \n    Try again.")
}
