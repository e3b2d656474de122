package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

// report is what one engine's run says about each test.
type report struct {
	engine string
	// skipped holds every finished test, as "package test", and whether it was skipped.
	skipped map[string]bool
	why     map[string]string
}

// event is one line of "go test -json"; Test is empty on a line about a whole package.
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
}

// read takes in one report. A report without one finished test that was not skipped is an error: a run that tested nothing must not pass.
func read(engine string, from io.Reader) (report, error) {
	one := report{engine: engine, skipped: map[string]bool{}, why: map[string]string{}}
	decoder := json.NewDecoder(from)
	for {
		var e event
		err := decoder.Decode(&e)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return one, err
		}
		if e.Test == "" {
			continue
		}
		name := e.Package + " " + e.Test
		switch e.Action {
		case "output":
			// The line of a skip's reason is the only one that "file.go:12: reason" has in a skipped test: the last one wins.
			if text := strings.TrimSpace(e.Output); text != "" && !strings.HasPrefix(text, "--- ") && !strings.HasPrefix(text, "=== ") {
				one.why[name] = text
			}
		case "pass", "fail":
			one.skipped[name] = false
		case "skip":
			one.skipped[name] = true
		}
	}
	if one.skips() == len(one.skipped) {
		return one, fmt.Errorf("of %d tests none ran", len(one.skipped))
	}
	return one, nil
}

func (r report) skips() int {
	count := 0
	for _, skipped := range r.skipped {
		if skipped {
			count++
		}
	}
	return count
}

// alwaysSkipped lists, sorted, the tests that every report which knows them calls skipped, each with the reason that the last one gives.
func alwaysSkipped(reports []report) []string {
	reason := map[string]string{}
	ran := map[string]bool{}
	for _, one := range reports {
		for name, skipped := range one.skipped {
			if skipped {
				reason[name] = one.why[name]
			} else {
				ran[name] = true
			}
		}
	}
	var never []string
	for name, why := range reason {
		if !ran[name] {
			never = append(never, strings.TrimSuffix(name+": "+why, ": "))
		}
	}
	sort.Strings(never)
	return never
}
