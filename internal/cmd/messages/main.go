// Command messages compares the messages that tests have recorded in a folder with internal/messages/testdata/messages.txt. It fails
// for a message that the file lacks, and for one that no test receives any more. Lines of an answer are not compared: which of them
// come hangs on when a connection breaks.
//
//	messages DIR
//	messages -write DIR   writes the file
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/messages"
)

func main() {
	if err := run(os.Args[1:], filepath.Join("internal", "messages", "testdata", "messages.txt"), os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "messages:", err)
		os.Exit(1)
	}
}

func run(args []string, file string, stderr io.Writer) error {
	flags := flag.NewFlagSet("messages", flag.ContinueOnError)
	flags.SetOutput(stderr)
	write := flags.Bool("write", false, "write the file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("usage: messages [-write] DIR")
	}
	received, err := messages.Recorded(flags.Arg(0))
	if err != nil {
		return err
	}
	if *write {
		return os.WriteFile(file, []byte(messages.Format(received)), 0o644)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	expected := messages.Parse(string(text))
	problems := slices.Concat(
		difference("no test receives any more", expected, received),
		difference("the file lacks", received, expected))
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("%s is not what the tests receive: run \"make messages\" and read the diff\n%s", file, strings.Join(problems, "\n"))
}

// difference lists the messages of one list that another does not have.
func difference(what string, of, without []messages.Message) (out []string) {
	for _, m := range of {
		text := fmt.Sprintf("%s: %s: %s\n    %s", what, m.Kind, m.Summary, strings.ReplaceAll(m.Detail, "\n", "\n    "))
		if m.Kind != messages.Answer && !slices.Contains(without, m) && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}
