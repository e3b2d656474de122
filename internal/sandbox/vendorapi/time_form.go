package vendorapi

import "time"

// Values of a switch of the form of times, besides the vendor's own. No document names them; other interfaces write times so.
const (
	Offset = "offset" // 2026-03-01T12:00:00.000+0000
	Blank  = "blank"  // 2026-03-01 12:00:00Z
	Local  = "local"  // 2026-03-01T12:00:00
	Words  = "words"  // 1 March 2026, which nobody is expected to read
)

var timeForms = map[string]string{Offset: "2006-01-02T15:04:05.000-0700", Blank: "2006-01-02 15:04:05Z07:00", Local: "2006-01-02T15:04:05", Words: "2 January 2006"}

// FormatTime writes a time in one of the forms above, and for any other as layout has it.
func FormatTime(t time.Time, form, layout string) string {
	if other, ok := timeForms[form]; ok {
		layout = other
	}
	return t.UTC().Format(layout)
}
