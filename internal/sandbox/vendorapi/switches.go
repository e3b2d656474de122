package vendorapi

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Duration is a time.Duration that is text such as "2s" in JSON.
type Duration time.Duration

// MarshalText writes the duration as time.Duration does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads what time.ParseDuration reads.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	*d = Duration(parsed)
	return err
}

// Delays are the switches that every vendor has; the struct of a vendor's switches embeds them.
type Delays struct {
	// ReadDelay makes a new link unknown to reads of it for so long.
	ReadDelay Duration `json:"read_delay"`
	// ListLag keeps a new link out of lists for so long.
	ListLag Duration `json:"list_lag"`
}

func (d Delays) delays() Delays { return d }

// switches is the struct of a vendor's switches: fields of type bool, uint, Duration and string, each with its name as JSON. A
// field of text has a tag values, as in `values:"omit|null"`, with all that it may be; the first of them is the default.
type switches interface{ delays() Delays }

// setDefaults sets the texts that are empty.
func setDefaults[S switches](s *S) {
	value := reflect.ValueOf(s).Elem()
	for i := range value.NumField() {
		if field := value.Field(i); field.Kind() == reflect.String && field.Len() == 0 {
			field.SetString(valuesOf(value.Type().Field(i))[0])
		}
	}
}

func valuesOf(field reflect.StructField) []string { return strings.Split(field.Tag.Get("values"), "|") }

// changed returns switches as data, a JSON object, changes them. It refuses unknown names and values.
func changed[S switches](s S, data []byte) (S, error) {
	if err := UnmarshalStrict(data, &s); err != nil {
		return s, err
	}
	value := reflect.ValueOf(s)
	for i := range value.NumField() {
		field := value.Type().Field(i)
		if text := value.Field(i); text.Kind() == reflect.String && !slices.Contains(valuesOf(field), text.String()) {
			return s, fmt.Errorf("%s: no value %q", field.Tag.Get("json"), text.String())
		}
	}
	return s, nil
}

// Set changes switches; the change holds for the next request.
func (b *Base[L, S]) Set(change func(*S)) {
	b.Lock()
	defer b.Unlock()
	change(&b.Switch)
}

// Switches returns the switches, as a value of type S.
func (b *Base[L, S]) Switches() any {
	b.Lock()
	defer b.Unlock()
	return b.Switch
}

// SetSwitches changes the switches that a JSON object names; on an error none.
func (b *Base[L, S]) SetSwitches(data []byte) error {
	b.Lock()
	defer b.Unlock()
	s, err := changed(b.Switch, data)
	if err == nil {
		b.Switch = s
	}
	return err
}
