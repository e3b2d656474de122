package webtest_test

import (
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/functions"
)

// drawing is what a viewer needs of the document.
type drawing struct {
	XMLName   xml.Name `xml:"http://www.w3.org/2000/svg svg"`
	ViewBox   string   `xml:"viewBox,attr"`
	Rendering string   `xml:"shape-rendering,attr"`
	Rect      []struct {
		Width  int    `xml:"width,attr"`
		Height int    `xml:"height,attr"`
		Fill   string `xml:"fill,attr"`
	} `xml:"rect"`
	Path []struct {
		Fill string `xml:"fill,attr"`
		D    string `xml:"d,attr"`
	} `xml:"path"`
	Scripts []struct{} `xml:"script"`
}

// paint draws the document, a pixel for each module.
func paint(t *testing.T, svg string) *image.Gray {
	t.Helper()
	var d drawing
	if err := xml.Unmarshal([]byte(svg), &d); err != nil {
		t.Fatal(err)
	}
	var side, high int
	if _, err := fmt.Sscanf(d.ViewBox, "0 0 %d %d", &side, &high); err != nil || side != high {
		t.Fatalf("viewBox %q: %v", d.ViewBox, err)
	}
	if len(d.Rect) != 1 || d.Rect[0].Width != side || d.Rect[0].Height != side || d.Rect[0].Fill != "#fff" || d.Rendering != "crispEdges" ||
		len(d.Path) != 1 || d.Path[0].Fill != "#000" || len(d.Scripts) > 0 {
		t.Fatalf("not black on white, crisp and bare: %.300s", svg)
	}
	out := image.NewGray(image.Rect(0, 0, side, side))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	for _, part := range strings.SplitAfter(d.Path[0].D, "z") {
		if part == "" {
			continue
		}
		var x, y, run, back int
		if _, err := fmt.Sscanf(part, "M%d %dh%dv1h-%dz", &x, &y, &run, &back); err != nil || back != run {
			t.Fatalf("%q: %v", part, err)
		}
		if x < 4 || y < 4 || x+run > side-4 || y >= side-4 {
			t.Fatalf("%q reaches into the margin of %d", part, side)
		}
		for end := x + run; x < end; x++ {
			if out.GrayAt(x, y).Y == 0 {
				t.Fatalf("%q is drawn twice", part)
			}
			out.SetGray(x, y, color.Gray{})
		}
	}
	return out
}

// scan reads a picture as a phone does.
func scan(t *testing.T, picture image.Image) *gozxing.Result {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true}
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// qrSVG calls the provider's function qr_svg.
func qrSVG(t *testing.T, content string) string {
	t.Helper()
	for _, constructor := range functions.All() {
		qr := constructor()
		var named function.MetadataResponse
		if qr.Metadata(t.Context(), function.MetadataRequest{}, &named); named.Name != "qr_svg" {
			continue
		}
		resp := function.RunResponse{Result: function.NewResultData(types.StringUnknown())}
		qr.Run(t.Context(), function.RunRequest{Arguments: function.NewArgumentsData([]attr.Value{types.StringValue(content)})}, &resp)
		svg, ok := resp.Result.Value().(types.String)
		if resp.Error != nil || !ok {
			t.Fatal(resp.Error, resp.Result.Value())
		}
		return svg.ValueString()
	}
	t.Fatal("the provider has no function qr_svg")
	return ""
}

// Every length around which the code grows is read back, and so is what is not ASCII.
func TestQRSVGIsReadBack(t *testing.T) {
	t.Parallel()
	contents := []string{
		"https://pay.example/l/4f1c2a", "+12", "-12", "0", "007", "12345678901234", "ABC $%*+-./:", "Zażółć gęślą jaźń ☕ 日本", "<a href=\"x\">&amp;</a>", " ", "\n", "a\u0000b",
	}
	// The capacities of level M in bytes, by version (ISO/IEC 18004, table 7).
	for _, most := range []int{
		14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911, 997, 1059, 1125, 1190, 1264,
		1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
	} {
		contents = append(contents, address(most))
		if most < 2331 {
			contents = append(contents, address(most+1))
		}
	}
	for _, content := range contents {
		read := scan(t, paint(t, qrSVG(t, content)))
		if got := read.GetText(); got != content {
			t.Errorf("%q is read as %q", content, got)
		}
		if level := read.GetResultMetadata()[gozxing.ResultMetadataType_ERROR_CORRECTION_LEVEL]; level != "M" {
			t.Errorf("%.20q has error correction level %v, want M", content, level)
		}
	}
}

// address is an address of so many bytes.
func address(size int) string {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789-_"
	random := rand.New(rand.NewPCG(uint64(size), 5))
	out := []byte("https://x/")
	for len(out) < size {
		out = append(out, letters[random.IntN(len(letters))])
	}
	return string(out)
}

// A smudge in the middle does no harm.
func TestQRSVGSurvivesSmudge(t *testing.T) {
	t.Parallel()
	content := "https://pay.example/l/4f1c2a-9b7e-4d1f"
	picture := paint(t, qrSVG(t, content))
	side := picture.Bounds().Dx()
	for x := side / 2; x < side/2+side/6; x++ {
		for y := side / 2; y < side/2+side/6; y++ {
			picture.SetGray(x, y, color.Gray{Y: 255})
		}
	}
	if got := scan(t, picture).GetText(); got != content {
		t.Errorf("read as %q", got)
	}
}
