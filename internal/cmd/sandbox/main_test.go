package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// testVendors are those of most tests; TestDemo takes the real ones.
var testVendors = []vendorapi.Constructor{sandboxtest.Acme.New, sandboxtest.Bolt.New}

// ready waits for the ready file: the program listens in another goroutine.
func ready(t *testing.T, path string, done <-chan error) (url string, env map[string]string) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			t.Fatalf("ended: %v", err)
		case <-tick.C:
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var content struct {
			URL string            `json:"url"`
			Env map[string]string `json:"env"`
		}
		if err := errors.Join(err, json.Unmarshal(data, &content)); err != nil {
			t.Fatal(err)
		}
		return content.URL, content.Env
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	seed, file := filepath.Join(dir, "seed.json"), filepath.Join(dir, "ready.json")
	if err := os.WriteFile(seed, []byte(`{"acme":{"id":"1","title":"Tea","status":"open"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var out bytes.Buffer
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, testVendors, []string{"-addr", "127.0.0.1:0", "-seed", seed, "-ready-file", file}, &out, io.Discard)
	}()
	url, env := ready(t, file, done)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("ready file: %v %v", info.Mode(), err)
	}
	req, err := http.NewRequest(http.MethodGet, env["ACME_ENDPOINT"]+"/links/1", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+env["ACME_KEY"])
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("the seeded link answers %d", res.StatusCode)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	for name, value := range env {
		if !strings.Contains(out.String(), "export "+name+"='"+value+"'\n") {
			t.Errorf("no export of %s in:\n%s", name, out.String())
		}
	}
	if !strings.Contains(out.String(), "curl -s -X POST "+url+"/_sandbox/links/VENDOR/ID/pay") {
		t.Errorf("no curl line in:\n%s", out.String())
	}
	if left, err := filepath.Glob(file + "*"); err != nil || len(left) > 0 {
		t.Errorf("left: %v %v", left, err)
	}
	if res, err := http.Get(url); err == nil {
		_ = res.Body.Close()
		t.Error("still listens")
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.json")
	if err := os.WriteFile(bad, []byte(`{"nobody":{}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"-addr", "0.0.0.0:0"}, {"-addr", "127.0.0.1:0", "-seed", bad}, {"-addr", "127.0.0.1:0", "-seed", filepath.Join(dir, "none")},
		{"-addr", "127.0.0.1:0", "-ready-file", filepath.Join(dir, "no", "folder")}, {"-color"},
		{"-addr", "127.0.0.1:0", "-env", filepath.Join(dir, "no", "folder")}, {"-addr", "127.0.0.1:0", "extra"}, {"-addr", "127.0.0.1:0", "-ahead", "-1h"},
		{"-addr", "127.0.0.1:0", "-port", "bolt"}, {"-addr", "127.0.0.1:0", "-port", "nobody=0"}, {"-addr", "nonsense", "-port", "bolt=0"},
		{"-addr", "127.0.0.1:0", "-fault", "acme:creat:503"}, {"-addr", "127.0.0.1:0", "-url", "pay.test"},
		{"-addr", "127.0.0.1:0", "-switch", "acme"}, {"-addr", "127.0.0.1:0", "-switch", "nobody.create_ok=true"}, {"-addr", "127.0.0.1:0", "-switch", "acme.create=true"},
		{"-addr", "127.0.0.1:0", "-switch", "acme.create_ok=maybe"}, {"-addr", "127.0.0.1:0", "-switch", "acme.case=mixed"},
	} {
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
		if err := run(ctx, testVendors, args, io.Discard, io.Discard); err == nil {
			t.Errorf("ran with %v", args)
		}
		stop()
	}
}
