package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
)

// maxColours is how many colours a PNG with a palette may have.
const maxColours = 256

// compressPNG packs a PNG into a palette of its most frequent colours: text on flat ground has few, and looks the same.
func compressPNG(picture []byte) ([]byte, error) {
	drawn, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, err
	}
	area := drawn.Bounds()
	count := map[color.RGBA]int{}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			count[rgba(drawn.At(x, y))]++
		}
	}
	frequent := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return rgbNumber(a) - rgbNumber(b)
	})
	var palette color.Palette
	for _, each := range frequent[:min(maxColours, len(frequent))] {
		palette = append(palette, each)
	}
	index := map[color.RGBA]uint8{}
	for each := range count {
		index[each] = uint8(palette.Index(each)) //nolint:gosec // there are at most 256
	}
	flat := image.NewPaletted(area, palette)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			flat.SetColorIndex(x, y, index[rgba(drawn.At(x, y))])
		}
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err = encoder.Encode(&out, flat)
	return out.Bytes(), err
}

func rgba(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 255} //nolint:gosec // the high byte
}

func rgbNumber(c color.RGBA) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }
