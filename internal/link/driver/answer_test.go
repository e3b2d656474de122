package driver

import (
	"strings"
	"testing"
)

func TestIDOf(t *testing.T) {
	t.Parallel()
	const uuid = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
	for text, want := range map[string][2]string{ // for any text, for a UUID
		uuid: {uuid, uuid}, "pl-1": {"pl-1", ""}, "": {"", ""}, "..": {"", ""}, "a/b": {"", ""}, `a\b`: {"", ""}, "a b": {"", ""}, "a\x1b[2J": {"", ""},
		uuid + "\a": {"", ""}, "a\u202eb": {"", ""}, "a\u200bb": {"", ""}, "\xff": {"", ""}, "é": {"é", ""},
	} {
		if got := [2]string{IDOf(text, nil), IDOf(text, ValidateUUID)}; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestURLOf(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{
		"https://pay.example.com/l/1?a=%20#b": true, "HTTPS://pay.example.com": true, "http://127.0.0.1:8080/l": true, "http://localhost/l": true, "http://[::1]/l": true,
		"": false, "text": false, "/l/1": false, "//pay.example.com": false, "https://": false, "http://pay.example.com": false, "http://127.0.0.1.example.com": false,
		"javascript:alert(1)": false, "data:text/html,x": false, "file:///etc/passwd": false, "https://user:password@pay.example.com": false,
		"https://pay.example.com/\x1b[2J": false, "https://pay.example.com/\u202e": false, "https://pay.example.com/ x": false, "https://pay.example.com/\u200b": false,
		"https://pay.example.com/\xff": false, "https://pay.example.com/%1b": true,
	} {
		want := ""
		if ok {
			want = text
		}
		if got := URLOf(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// What is long is no id and no URL: it would fill a terminal.
func TestLengthsOfAnswers(t *testing.T) {
	t.Parallel()
	if id := strings.Repeat("a", maxSegment); IDOf(id, nil) != id || IDOf(id+"a", nil) != "" {
		t.Error("the length of an id")
	}
	if url := "https://pay.example.com/"; URLOf(url+strings.Repeat("a", maxURL-len(url))) == "" || URLOf(url+strings.Repeat("a", maxURL)) != "" {
		t.Error("the length of a URL")
	}
}

// What is pasted from a message runs no command and no function.
func TestImportBlock(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{
		"pml_1": true, "project/3c90c3cc-0d44": true, "ID": true, "$(reboot)": false, "`reboot`": false, "a;reboot": false, `${file("/etc/passwd")}`: false, "%{if true}": false, `a"b`: false, "a'b": false, "é": false, "": false,
	} {
		if got := ImportBlock("acme", id); (got != "") != want || want && !strings.Contains(got, `id = "`+id+`"`) {
			t.Errorf("%q: %q", id, got)
		}
	}
}

func TestValidateUUID(t *testing.T) {
	t.Parallel()
	for id, good := range map[string]bool{
		"3c90c3cc-0d44-4b50-8888-8dd25736052a": true, "019788b3-57ab-727c-b26e-86b95c16e93f": true, "019788B3-57AB-727C-B26E-86B95C16E93F": true,
		"": false, "3c90c3cc0d444b5088888dd25736052a": false, "3c90c3cc-0d44-4b50-8888-8dd25736052a\n": false, "3c90c3cc-0d44-4b50-8888-8dd25736052g": false,
		"urn:uuid:3c90c3cc-0d44-4b50-8888-8dd25736052a": false, "3c90c3cc-0d44-4b50-8888-8dd25736052a:revoke": false,
	} {
		if err := ValidateUUID(id); (err == nil) != good {
			t.Errorf("%q: %v", id, err)
		}
	}
}
