package main

import (
	"bufio"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// answers is where the browser's way back is awaited: on a loopback address, and from the keyboard.
type answers struct {
	state   string
	listens bool
	server  *http.Server
	got     chan answer
}

// answer is a code, or why there is none.
type answer struct {
	code string
	err  error
}

// errForeign is about a redirect that this run has not begun.
var errForeign = errors.New("this is not the redirect of the printed URL")

// listen awaits the way back to a redirect URL.
func (p *program) listen(ctx context.Context, redirect string) (*answers, error) {
	target, err := url.Parse(redirect)
	if err != nil || target.Scheme != "http" && target.Scheme != "https" || target.Host == "" {
		return nil, fmt.Errorf("-redirect %q is not an absolute URL such as http://localhost:8788/callback", redirect)
	}
	a := &answers{state: newState(), got: make(chan answer, 1)}
	if target.Scheme == "http" && rest.IsLoopback(target.Hostname()) {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", target.Host)
		if err != nil {
			return nil, fmt.Errorf("cannot listen at -redirect: %w. Register another redirect URL, or stop the program that listens there", err)
		}
		a.listens, a.server = true, &http.Server{Handler: a.handler(target.Path), ReadHeaderTimeout: 10 * time.Second}
		go func() { _ = a.server.Serve(listener) }() // until close
	}
	go a.readPasted(bufio.NewScanner(p.in), p)
	return a, nil
}

func (a *answers) close() {
	if a.server != nil {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = a.server.Shutdown(ctx) // the browser has its page
	}
}

// wait returns the code.
func (a *answers) wait(ctx context.Context) (string, error) {
	select {
	case got := <-a.got:
		return got.code, got.err
	case <-ctx.Done():
		return "", errors.New("interrupted: nothing was written")
	}
}

func (a *answers) handler(path string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		if r.URL.Path != path || r.Method != http.MethodGet {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		got := a.read(r.URL.Query())
		switch {
		case errors.Is(got.err, errForeign): // of another site, or an old page: the person may still allow it
			w.WriteHeader(http.StatusBadRequest)
			_, _ = fmt.Fprintln(w, "Unknown page. Open the URL that the program printed.")
			return
		case got.err != nil:
			_, _ = fmt.Fprintln(w, "The application was not authorised. You can close this page.")
		default:
			_, _ = fmt.Fprintln(w, "The application is authorised. You can close this page.")
		}
		a.offer(got)
	})
}

// readPasted reads pasted URLs until one is the way back.
func (a *answers) readPasted(lines *bufio.Scanner, p *program) {
	for lines.Scan() {
		text := strings.TrimSpace(lines.Text())
		if text == "" {
			continue
		}
		pasted, err := url.Parse(text)
		got := answer{err: errForeign}
		if err == nil {
			got = a.read(pasted.Query())
		}
		if !errors.Is(got.err, errForeign) {
			a.offer(got)
			return
		}
		fmt.Fprintln(p.errs, "This is not the complete redirect URL: it has no code, or belongs to another run. Paste it again.")
	}
}

// offer hands over the first answer.
func (a *answers) offer(got answer) {
	select {
	case a.got <- got:
	default:
	}
}

// read reads the parameters of the way back.
func (a *answers) read(query url.Values) answer {
	code, refusal := query.Get("code"), query.Get("error")
	switch {
	case subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(a.state)) != 1, code == "" && refusal == "":
		return answer{err: errForeign}
	case refusal != "":
		return answer{err: fmt.Errorf("the application was not authorised: %s %s", strconv.Quote(refusal), strconv.Quote(query.Get("error_description")))}
	}
	return answer{code: code}
}
