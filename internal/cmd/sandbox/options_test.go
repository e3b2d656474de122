package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// running is the program at work.
type running struct {
	t    *testing.T
	url  string
	env  map[string]string
	out  *bytes.Buffer // to be read once it has ended
	stop func()
}

// start runs the program with testVendors on a free port until stop, or the end of the test.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	return startWith(t, testVendors, args...)
}

func startWith(t *testing.T, all []vendorapi.Constructor, args ...string) *running {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ready.json")
	ctx, cancel := context.WithCancel(t.Context())
	r := &running{t: t, out: &bytes.Buffer{}}
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, all, append([]string{"-addr", "127.0.0.1:0", "-ready-file", file}, args...), r.out, io.Discard)
	}()
	r.url, r.env = ready(t, file, done)
	ended := false
	r.stop = func() {
		cancel()
		if !ended {
			ended = true
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	}
	t.Cleanup(r.stop)
	return r
}

// get is the answer to a GET with Acme's credentials.
func (r *running) get(address string) (int, string) {
	r.t.Helper()
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+r.env["ACME_KEY"])
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// TestFlags: what the flags ask for is what the sandbox does.
func TestFlags(t *testing.T) {
	t.Parallel()
	r := start(t, "-fault", "acme:list:503,times=1", "-switch", "acme.create_ok=true", "-switch", "acme.list_lag=2s",
		"-switch", "bolt.case=upper", "-port", "bolt=0", "-ahead", "8760h")
	list := r.env["ACME_ENDPOINT"] + "/links"
	for _, want := range []int{503, 200} {
		if status, body := r.get(list); status != want {
			t.Errorf("the list answers %d, want %d: %s", status, want, body)
		}
	}
	for vendor, want := range map[string]string{"acme": `"create_ok":true`, "bolt": `"case":"upper"`} {
		if _, body := r.get(r.url + "/_sandbox/switches/" + vendor); !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	if _, body := r.get(r.url + "/"); !strings.Contains(body, "365 days ahead") {
		t.Errorf("not a year ahead: %s", body)
	}
	if strings.HasPrefix(r.env["BOLT_ENDPOINT"], r.url) {
		t.Errorf("no port of its own: %s", r.env["BOLT_ENDPOINT"])
	}
	if status, _ := r.get(r.env["BOLT_ENDPOINT"] + "/links"); status != http.StatusUnauthorized {
		t.Errorf("bolt answers %d there", status)
	}
}

// TestDemo: the links of -seed demo can be opened, and paid where they say so.
func TestDemo(t *testing.T) {
	t.Parallel()
	r := startWith(t, descriptor.Sandboxes(), "-seed", "demo")
	_, body := r.get(r.url + "/_sandbox/links")
	var held struct {
		Links []struct {
			Vendor, ID, URL, Status string
			Payable                 bool
		}
	}
	if err := json.Unmarshal([]byte(body), &held); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, link := range held.Links {
		seen[link.Vendor] = true
		if !strings.HasPrefix(link.URL, r.url+"/pay/"+link.Vendor+"/") {
			t.Errorf("%s leads to %s", link.ID, link.URL)
		}
		status, page := r.get(link.URL)
		if status != http.StatusOK && status != http.StatusGone || strings.Contains(page, `value="pay"`) != link.Payable {
			t.Errorf("%s, %s: %d %s", link.ID, link.Status, status, page)
		}
		if !link.Payable {
			continue
		}
		res, err := http.PostForm(link.URL, map[string][]string{"act": {"pay"}})
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if _, page := r.get(link.URL); link.Status == "open" {
			if !strings.Contains(page, `class="stage open"`) { // it is a reusable one
				t.Errorf("%s after a payment: %s", link.ID, page)
			}
		} else if !strings.Contains(page, `class="stage paid"`) {
			t.Errorf("%s is not paid: %s", link.ID, page)
		}
	}
	if len(seen) != len(descriptor.Sandboxes()) {
		t.Errorf("links of %v only", seen)
	}
}

// TestEnvFile: a shell reads the file, and nothing is left of it.
func TestEnvFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sandbox.env")
	r := start(t, "-env", file, "-json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range r.env {
		if !strings.Contains(string(text), "export "+name+"='"+value+"'\n") {
			t.Errorf("no %s in %s", name, text)
		}
	}
	r.stop()
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("%s is left: %v", file, err)
	}
	var printed struct {
		URL string
		Env map[string]string
	}
	if err := json.Unmarshal(r.out.Bytes(), &printed); err != nil || printed.URL != r.url || len(printed.Env) != len(r.env) {
		t.Errorf("-json prints %s (%v)", r.out, err)
	}
}

// TestAnswers are of flags that only ask.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args  []string
		words []string
	}{
		{[]string{"-version"}, []string{"paymentlinks-sandbox " + version + " "}},
		{[]string{"-fault", "help"}, []string{"VENDOR:CALL:WHAT", "acme     create, list, get, end", "wrong_content_type", "retry-after=SECONDS"}},
		{[]string{"-switch", "help"}, []string{"acme.create_ok=false\n", "acme.case=kept\n", "bolt.read_delay=0s\n"}},
	} {
		var out bytes.Buffer
		if err := run(t.Context(), testVendors, c.args, &out, io.Discard); err != nil {
			t.Error(err)
		}
		for _, word := range c.words {
			if !strings.Contains(out.String(), word) {
				t.Errorf("%v: no %q in %s", c.args, word, out.String())
			}
		}
	}
	var errs bytes.Buffer
	if err := run(t.Context(), testVendors, []string{"--help"}, io.Discard, &errs); err != nil {
		t.Error(err)
	}
	for _, word := range []string{"-addr", "-any-address", "-port", "-seed", "-fault", "-switch", "-ahead", "-env", "127.0.0.1:8787", "acme, bolt"} {
		if !strings.Contains(errs.String(), word) {
			t.Errorf("help does not tell of %s:\n%s", word, errs.String())
		}
	}
}

// TestHelpIsTrue: what the help proposes is taken.
func TestHelpIsTrue(t *testing.T) {
	t.Parallel()
	tried := 0
	for line := range strings.Lines(intro) {
		command, told := strings.CutPrefix(line, "  sandbox -")
		if !told {
			continue
		}
		command, _, _ = strings.Cut(command, "  ")
		args := strings.Fields("-" + strings.ReplaceAll(command, "'", ""))
		if args[0] == "-env" {
			args[1] = filepath.Join(t.TempDir(), args[1])
		}
		start(t, args...).stop()
		tried++
	}
	if tried < 4 {
		t.Errorf("the help has only %d examples", tried)
	}
}

var readmeArgs = regexp.MustCompile("make sandbox SANDBOXARGS=(?:'([^']+)'|(\\S+))`")

// Every option that the README shows is taken.
func TestOptionsOfTheReadme(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir()) // where the variables are written
	shown := readmeArgs.FindAllStringSubmatch(string(text), -1)
	if len(shown) == 0 {
		t.Fatal("the README shows no options")
	}
	for _, match := range shown {
		args := strings.Fields(match[1] + match[2])
		if args[0] == "-help" {
			if err := run(t.Context(), testVendors, args, io.Discard, io.Discard); err != nil {
				t.Error(err)
			}
			continue
		}
		startWith(t, descriptor.Sandboxes(), args...).stop()
	}
}
