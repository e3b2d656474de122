package functions

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
	"github.com/hashicorp/terraform-plugin-framework/function"
)

const (
	// maxQRText is what the largest QR code holds as bytes at error correction level M.
	maxQRText = 2331
	// quietZone is the margin, in modules, that readers need.
	quietZone = 4
)

func qrSVG() function.Function {
	return New("qr_svg", function.Definition{
		Summary: "Draws a QR code as SVG",
		MarkdownDescription: "Draws a QR code of a text, such as the URL of a payment link, to print or to show on a page. Returns an SVG document: black on white, with the margin " +
			"of 4 modules that readers need, error correction level M (15 % may be covered), without scripts or a fixed size. The same text always gives the same document.\n\n" +
			"A replaced link has a new URL: codes printed earlier no longer work.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name:                "text",
				MarkdownDescription: fmt.Sprintf("Text of the code: at least one character, at most %d bytes of UTF-8.", maxQRText),
			},
		},
		Return: function.StringReturn{},
	}, drawQR)
}

func drawQR(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var text string
	if failure := arguments.Get(ctx, &text); failure != nil {
		return nil, failure
	}
	drawn, err := encodeQR(text)
	return drawn, ArgumentError(0, err)
}

// encodeQR never repeats the text in an error: it may be an address that is nobody else's business.
func encodeQR(text string) (string, error) {
	switch size := len(text); {
	case size == 0:
		return "", errors.New("text must not be empty")
	case size > maxQRText:
		return "", fmt.Errorf("text has %d bytes; a QR code with error correction level M holds at most %d", size, maxQRText)
	}
	// Always as bytes: the library takes "+12" for digits alone and drops the plus.
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return "", errors.New("the text cannot be drawn as a QR code")
	}
	return renderSVG(code), nil
}

// renderSVG draws the dark modules as one path, a rectangle for each horizontal run of them.
func renderSVG(code image.Image) string {
	bounds := code.Bounds()
	side := bounds.Dx() + 2*quietZone
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`, side, side)
	fmt.Fprintf(&out, `<rect width="%d" height="%d" fill="#fff"/><path fill="#000" d="`, side, side)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			run := 0
			for x+run < bounds.Max.X && isDark(code.At(x+run, y)) {
				run++
			}
			if run == 0 {
				continue
			}
			fmt.Fprintf(&out, "M%d %dh%dv1h-%dz", x-bounds.Min.X+quietZone, y-bounds.Min.Y+quietZone, run, run)
			x += run
		}
	}
	out.WriteString(`"/></svg>`)
	return out.String()
}

func isDark(c color.Color) bool {
	r, _, _, _ := c.RGBA()
	return r == 0
}
