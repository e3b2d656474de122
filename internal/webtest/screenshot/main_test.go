package main

import (
	"bytes"
	"errors"
	"html"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/webtest/browser"
)

// TestAccPicture makes the picture as make picture does: a scene in which the engine or the page said something else is an error.
func TestAccPicture(t *testing.T) {
	found := engine.Require(t)
	if _, err := browser.Find(); errors.Is(err, browser.ErrNoBrowser) {
		t.Skipf("browser test: %v", err)
	}
	t.Setenv(engine.Variable, found.Path)
	file := filepath.Join(t.TempDir(), "picture.png")
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-out", file}, &out, &out); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := picture.Bounds().Dx(), int(sheetWidth*scale); got != want {
		t.Errorf("the picture is %d px wide, want %d", got, want)
	}
	// The button of the page and the terminal's ground: a page without its style or its pictures has none.
	for name, colour := range map[string]color.RGBA{"button": {0x1f, 0x5f, 0xd0, 255}, "terminal": {0x14, 0x17, 0x1c, 255}, "paid": {0x17, 0x70, 0x3c, 255}} {
		if n := pixels(picture, colour); n < 50 {
			t.Errorf("%s: %d pixels of it", name, n)
		}
	}
}

func pixels(picture image.Image, colour color.RGBA) int {
	n := 0
	area := picture.Bounds()
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if rgba(picture.At(x, y)) == colour {
				n++
			}
		}
	}
	return n
}

func TestTerminal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain <b> & \"x\"":                          html.EscapeString("plain <b> & \"x\""),
		"\x1b[1m\x1b[33mWarning: \x1b[0m\x1b[0mthen": `<span class="bold"><span class="yellow">Warning: </span></span>then`,
		"\x1b[1;32mboth\x1b[0m":                      `<span class="bold"><span class="green">both</span></span>`,
		"\x1b[32mnever ended":                        `<span class="green">never ended</span>`,
		"\x1b[35munknown":                            `unknown`,
	} {
		if got := string(renderTerminal(text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestShortened(t *testing.T) {
	t.Parallel()
	const printed = "before\n\x1b[1m  # it\x1b[0m will be created\n  + id = (known after apply)\n  + url  = (known after apply)\n  + name = (sensitive value)\n\n\n" +
		"  + x = 1\n\x1b[1mPlan:\x1b[0m 1 to add\nafter\n"
	got, err := elide(printed, " will be created", "Plan: ", isUnknownValue)
	if want := "\x1b[1m  # it\x1b[0m will be created\n  + url  = (known after apply)\n\n  + x = 1\n\x1b[1mPlan:\x1b[0m 1 to add"; err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	for from, to := range map[string]string{"will be destroyed": "Plan: ", "will be created": "no such end"} {
		if got, err := elide(printed, from, to, nil); err == nil {
			t.Errorf("from %q to %q: %q", from, to, got)
		}
	}
	for line, drop := range map[string]bool{
		`~ state = "open" -> "paid"`: false, "│ The link is `paid`": false, "│   with paymentlinks_acme_link.workshop,": true, "│   on main.tf line 11": true,
		`│   11: resource "paymentlinks_acme_link" "workshop" {`: true, "────": true, "Unless you have made equivalent changes": true,
	} {
		if isBoilerplate(line) != drop {
			t.Errorf("%q: dropped is %v", line, !drop)
		}
	}
}

// TestSmaller keeps the size and the frequent colours.
func TestSmaller(t *testing.T) {
	t.Parallel()
	drawn := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for i := range 100 * 100 {
		c := color.RGBA{10, 20, 30, 255}
		if i < 600 { // rare ones, more than a palette holds
			c = color.RGBA{uint8(i), uint8(i >> 8), 200, 255}
		}
		drawn.SetRGBA(i%100, i/100, c)
	}
	var in bytes.Buffer
	if err := png.Encode(&in, drawn); err != nil {
		t.Fatal(err)
	}
	out, err := compressPNG(in.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	packed, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if packed.Bounds() != drawn.Bounds() || rgba(packed.At(50, 50)) != (color.RGBA{10, 20, 30, 255}) {
		t.Errorf("%v, %v", packed.Bounds(), packed.At(50, 50))
	}
	if _, paletted := packed.(*image.Paletted); !paletted {
		t.Error("no palette")
	}
	if _, err := compressPNG([]byte("no picture")); err == nil {
		t.Error("takes what is no picture")
	}
}
