package main

import (
	"os/exec"
	"testing"
)

// A shell is asked, because a wrong quote is invisible to the eye.
func TestExportsSurviveTheShell(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"/usr/bin/tofu", "/Users/a b/it's $HOME `id`/tofu", "", "two\nlines"} {
		script := exports([]string{"FIRST=x", "ANSWER=" + value}) + "\nprintf %s \"$ANSWER\""
		got, err := exec.CommandContext(t.Context(), "sh", "-c", script).Output()
		if err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		if string(got) != value {
			t.Errorf("got %q, want %q", got, value)
		}
	}
}
