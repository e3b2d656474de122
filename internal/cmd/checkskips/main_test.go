package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	t.Parallel()
	const (
		passA = `{"Action":"pass","Package":"p","Test":"A"}`
		skipA = `{"Action":"output","Package":"p","Test":"A","Output":"    a_test.go:9: needs 1.14\n"}
{"Action":"output","Package":"p","Test":"A","Output":"--- SKIP: A (0.00s)\n"}
{"Action":"skip","Package":"p","Test":"A"}`
		passB   = `{"Action":"pass","Package":"p","Test":"B"}`
		passAin = `{"Action":"pass","Package":"other","Test":"A"}`
		skipSub = `{"Action":"skip","Package":"p","Test":"B/sub"}`
		// A line about the package itself: no test.
		wholePackage = `{"Action":"skip","Package":"p"}`
	)
	for name, test := range map[string]struct {
		reports [][]string
		want    string // of the error; empty: none
	}{
		"all ran":                                  {reports: [][]string{{passA, passB}, {passA, passB}}},
		"skipped on one, ran on the other":         {reports: [][]string{{skipA, passB}, {passA, passB}}},
		"ran on the first, skipped on the last":    {reports: [][]string{{passA, passB}, {skipA, passB}}},
		"skipped on both":                          {reports: [][]string{{skipA, passB}, {skipA, passB}}, want: "p A: a_test.go:9: needs 1.14"},
		"skipped on the only one that has it":      {reports: [][]string{{skipA, passB}, {passB}}, want: "p A"},
		"same name in another package ran":         {reports: [][]string{{skipA, passAin}, {skipA, passAin}}, want: "p A"},
		"a subtest skipped everywhere":             {reports: [][]string{{passB, skipSub}, {passB, skipSub}}, want: "p B/sub"},
		"a package without tests is not a skip":    {reports: [][]string{{passB, wholePackage}}},
		"no test at all":                           {reports: [][]string{{passA}, {wholePackage}}, want: "of 0 tests none ran"},
		"an engine on which everything is skipped": {reports: [][]string{{passA}, {skipA}}, want: "of 1 tests none ran"},
		"a report cut short":                       {reports: [][]string{{passA, `{"Action":"pa`}}, want: "unexpected EOF"},
		"no report":                                {want: "usage"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			var args []string
			for i, lines := range test.reports {
				path := filepath.Join(dir, string(rune('a'+i)))
				if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
					t.Fatal(err)
				}
				args = append(args, "engine="+path)
			}
			var out bytes.Buffer
			err := run(args, &out)
			switch {
			case test.want == "" && err != nil:
				t.Fatal(err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Fatalf("error %v, want one with %q", err, test.want)
			}
		})
	}
}
