// Command checkskips reads the test reports of several engines (the JSON of "go test -json", as gotestsum --jsonfile writes it) and fails
// when some test was skipped on every engine that it ran on: such a test proves nothing anywhere.
//
//	checkskips terraform=FILE tofu=FILE ...
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "checkskips:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	if len(args) == 0 {
		return errors.New("usage: checkskips ENGINE=FILE, one for each engine")
	}
	var reports []report
	for _, arg := range args {
		engine, path, ok := strings.Cut(arg, "=")
		if !ok {
			return fmt.Errorf("%q is not ENGINE=FILE", arg)
		}
		one, err := open(engine, path)
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintf(stdout, "%-12s %d tests, %d skipped\n", engine, len(one.skipped), one.skips())
		reports = append(reports, one)
	}
	never := alwaysSkipped(reports)
	if len(never) > 0 {
		return fmt.Errorf("skipped on every engine:\n  %s", strings.Join(never, "\n  "))
	}
	_, err := fmt.Fprintln(stdout, "every test ran on at least one engine")
	return err
}

func open(engine, path string) (report, error) {
	file, err := os.Open(path)
	if err != nil {
		return report{}, err
	}
	one, err := read(engine, file)
	if err := errors.Join(err, file.Close()); err != nil {
		return report{}, fmt.Errorf("%s: %w", path, err)
	}
	return one, nil
}
