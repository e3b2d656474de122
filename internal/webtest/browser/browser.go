// Package browser drives a headless Chromium, for tests that go through a page as people do, and for the picture in the README.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Variable names the browser to use; it wins over PATH.
const Variable = "PAYMENTLINKS_BROWSER"

// ErrNoBrowser is returned where the machine has no browser of the kind.
var ErrNoBrowser = errors.New("there is no chromium, chromium-browser or google-chrome on PATH, and " + Variable + " names none")

// stepTimeout is how long one step in the browser may take. A busy machine is slow to start one.
const stepTimeout = time.Minute

// Find returns the path of a Chromium. One that was named by the variable but does not exist is an error of its own.
func Find() (string, error) {
	if named := os.Getenv(Variable); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("%s: %w", Variable, err)
		}
		return path, nil
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNoBrowser
}

// Require opens a browser for a test, which is skipped on a machine without one.
func Require(t testing.TB) *Tab {
	t.Helper()
	path, err := Find()
	if errors.Is(err, ErrNoBrowser) {
		t.Skipf("browser test: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	tab, end, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return tab
}

// Tab is one page of a browser of its own, with no history, no cookies, and no requests but those of the page.
type Tab struct{ ctx context.Context }

// Open starts the browser at path. end ends it, and removes what it wrote.
func Open(ctx context.Context, path string) (t *Tab, end func(), err error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.WSURLReadTimeout(stepTimeout))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to run as root with it, as in containers
	}
	allocator, free := chromedp.NewExecAllocator(ctx, options...)
	own, cancel := chromedp.NewContext(allocator)
	end = func() {
		_ = chromedp.Cancel(own) // that it ends is all that is wanted
		cancel()
		free()
	}
	if err := chromedp.Do(own); err != nil {
		end()
		return nil, nil, fmt.Errorf("starting %s: %w", path, err)
	}
	return &Tab{own}, end, nil
}

// do runs steps, one after the other.
func (t *Tab) do(steps ...chromedp.Action[chromedp.Void]) error {
	_, err := ask(t, chromedp.Steps(steps...))
	return err
}

func ask[T any](t *Tab, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(t.ctx, stepTimeout)
	defer cancel()
	return chromedp.Run(ctx, action)
}

// Navigate opens an address and returns the status of its answer.
func (t *Tab) Navigate(address string) (int64, error) {
	answer, err := ask(t, chromedp.NavigateResponse(address))
	if err != nil || answer == nil {
		return 0, err
	}
	return answer.Status, nil
}

// Title is the page's title.
func (t *Tab) Title() (string, error) { return ask(t, chromedp.Title()) }

// URL is that of the page.
func (t *Tab) URL() (string, error) { return ask(t, chromedp.Location()) }

// Text is what a person reads in the first element that the CSS selector names.
func (t *Tab) Text(selector string) (string, error) {
	return ask(t, chromedp.Text(chromedp.CSS(selector)))
}

// Click clicks on the first element that the CSS selector names, and waits for the page to which that leads.
func (t *Tab) Click(selector string) error {
	return t.navigate(chromedp.Click(chromedp.CSS(selector)))
}

// TypeKeys presses a key, such as "\t" or "\r".
func (t *Tab) TypeKeys(keys string) error { return t.do(chromedp.KeyEvent(keys)) }

// PressAndNavigate presses a key that leads to another page, and waits for that.
func (t *Tab) PressAndNavigate(keys string) error { return t.navigate(chromedp.KeyEvent(keys)) }

// navigate does something that leads to another page.
func (t *Tab) navigate(step chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(t.ctx, stepTimeout)
	defer cancel()
	_, err := chromedp.RunResponse(ctx, step)
	return err
}

// Evaluate asks the page for the value of an expression.
func Evaluate[T any](t *Tab, expression string) (T, error) {
	return ask(t, chromedp.Evaluate[T](expression))
}

// Viewport is how the page is looked at.
type Viewport struct {
	Width, Height int64
	Scale         float64 // pixels of the picture for one of the page
	Dark          bool
}

// SetView sets how the page is looked at.
func (t *Tab) SetView(v Viewport) error {
	scheme := "light"
	if v.Dark {
		scheme = "dark"
	}
	return t.do(
		chromedp.EmulateViewport(v.Width, v.Height, chromedp.EmulateScale(v.Scale)),
		chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			return err
		}),
	)
}

// Screenshot takes the first element that the CSS selector names, as PNG.
func (t *Tab) Screenshot(selector string) ([]byte, error) {
	return ask(t, chromedp.Screenshot(chromedp.CSS(selector)))
}
