package main

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/webtest/browser"
)

// Widths of the payment page and of the whole sheet (compose.html says so too), and how many pixels one of them gets.
const (
	pageWidth  = 428
	sheetWidth = 1080
	scale      = 1.75
)

//go:embed compose.html
var sheet string

var sheetPage = template.Must(template.New("sheet").Parse(sheet))

// render puts the scenes side by side and takes a picture of them.
func render(tab *browser.Tab, dir string, s frames) ([]byte, error) {
	created, err := elide(s.Applied, " will be created", "Plan: ", isUnknownValue)
	if err != nil {
		return nil, err
	}
	result, err := elide(s.Applied, "Apply complete!", "state = ", nil)
	if err != nil {
		return nil, err
	}
	changed, err := elide(s.Planned, " has changed", "╵", isBoilerplate)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	err = sheetPage.Execute(&page, map[string]any{
		"Engine": s.Engine, "Address": s.Address, "Declared": renderTerminal(created + "\n\n" + result), "Planned": renderTerminal(changed),
		"Open": dataURL(s.Page), "Paid": dataURL(s.Paid),
	})
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "sheet.html")
	if err := os.WriteFile(file, page.Bytes(), 0o600); err != nil {
		return nil, err
	}
	if err := tab.SetView(browser.Viewport{Width: sheetWidth, Height: 900, Scale: scale}); err != nil {
		return nil, err
	}
	if _, err := tab.Navigate("file://" + filepath.ToSlash(file)); err != nil {
		return nil, err
	}
	picture, err := tab.Screenshot("main")
	if err != nil {
		return nil, err
	}
	return compressPNG(picture)
}

// dataURL is a PNG as an address.
func dataURL(png []byte) template.URL {
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)) //nolint:gosec // our own
}

// isUnknownValue drops what a plan cannot know yet, but for what the picture is about.
func isUnknownValue(line string) bool {
	return strings.HasSuffix(line, "(known after apply)") && !strings.Contains(line, " url ") || strings.HasSuffix(line, "(sensitive value)")
}

// isBoilerplate drops the advice that every plan repeats, and where in the file the link stands.
func isBoilerplate(line string) bool {
	line = strings.TrimSpace(strings.TrimPrefix(line, "│"))
	for _, start := range []string{
		"Unless you have made", "relevant attributes", "actions to undo", "─", "You can apply this plan", "state, without", "with paymentlinks", "on main.tf",
	} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	return strings.Contains(line, `: resource "paymentlinks`)
}

// elide is what an engine printed from the line that holds one text to the line that holds another, without the lines that
// drop names. Without both it is no such output.
func elide(text, from, to string, drop func(plainLine string) bool) (string, error) {
	var kept []string
	inside, blank := false, true
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		bare := strings.TrimSpace(stripANSI(line))
		inside = inside || strings.Contains(bare, from)
		if !inside || drop != nil && drop(bare) {
			continue
		}
		empty := bare == "" || bare == "│"
		if !empty || !blank {
			kept = append(kept, line)
		}
		blank = empty
		if strings.Contains(bare, to) {
			return strings.Join(kept, "\n"), nil
		}
	}
	return "", fmt.Errorf("the engine printed nothing from %q to %q:\n%s", from, to, text)
}
