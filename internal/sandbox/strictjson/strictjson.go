// Package strictjson reads the JSON body of a request by exact key and type. encoding/json alone would not do: it takes "Title"
// for "title". What is wrong goes to the vendor's own Errors, which word it.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Kind is the type of a JSON text.
type Kind string

// The kinds. KindAbsent is that of no text at all.
const (
	KindAbsent Kind = "absent"
	KindNull   Kind = "null"
	KindBool   Kind = "bool"
	KindNumber Kind = "number"
	KindString Kind = "string"
	KindArray  Kind = "array"
	KindObject Kind = "object"
)

// ErrTrailing is given to Errors.Malformed for a body that goes on after its JSON value.
var ErrTrailing = errors.New("invalid character after top-level value")

// Path is where a value stands: its keys and, of arrays, its indices from "0". It is empty for the body itself.
type Path []string

// String joins the path with dots.
func (p Path) String() string { return strings.Join(p, ".") }

// Errors collects what is wrong with a body, in the words of a vendor.
type Errors interface {
	// Malformed takes why the body is not one JSON value.
	Malformed(err error)
	// WrongType takes a value of another kind than is wanted.
	WrongType(at Path, got, want Kind)
	// Missing takes a key that has to be there.
	Missing(at Path)
	// Unknown takes a key that the vendor does not know.
	Unknown(at Path)
}

// Reader says how a vendor reads bodies.
type Reader struct {
	Errors       Errors
	NullIsAbsent bool // a key that is null counts as one that is not there
	AllowUnknown bool // Object.Allow takes every key
}

// Object is a JSON object, or an array whose indices are its keys.
type Object struct {
	reader *Reader
	path   Path
	fields map[string]json.RawMessage
}

// Parse reads the whole text as one JSON object. Where it is none the object has no keys.
func (r Reader) Parse(data []byte) Object {
	o := Object{reader: &r}
	decoder := json.NewDecoder(bytes.NewReader(data))
	var raw json.RawMessage
	if err := decoder.Decode(&raw); err != nil {
		r.Errors.Malformed(err)
		return o
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		r.Errors.Malformed(ErrTrailing)
	}
	if kind := kindOf(raw); kind != KindObject {
		r.Errors.WrongType(nil, kind, KindObject)
		return o
	}
	_ = json.Unmarshal(raw, &o.fields) // it is an object
	return o
}

func kindOf(raw json.RawMessage) Kind {
	trimmed := bytes.TrimSpace(raw)
	if len(trimmed) == 0 {
		return KindAbsent
	}
	switch trimmed[0] {
	case '{':
		return KindObject
	case '[':
		return KindArray
	case '"':
		return KindString
	case 't', 'f':
		return KindBool
	case 'n':
		return KindNull
	default:
		return KindNumber
	}
}

// At returns the path of a key.
func (o Object) At(key string) Path { return append(slices.Clone(o.path), key) }

// Path returns where the object stands.
func (o Object) Path() Path { return o.path }

// Found reports whether there is an object.
func (o Object) Found() bool { return o.fields != nil }

// Keys returns the object's keys, sorted.
func (o Object) Keys() []string { return slices.Sorted(maps.Keys(o.fields)) }

// Raw returns the text of a key; nil for none.
func (o Object) Raw(key string) json.RawMessage { return o.fields[key] }

// Kind returns the kind of a key's value.
func (o Object) Kind(key string) Kind {
	kind := kindOf(o.fields[key])
	if kind == KindNull && o.reader.NullIsAbsent {
		return KindAbsent
	}
	return kind
}

// Has reports whether a key is there.
func (o Object) Has(key string) bool { return o.Kind(key) != KindAbsent }

// Require reports keys that are missing. It returns whether all are there.
func (o Object) Require(keys ...string) bool {
	all := true
	for _, key := range keys {
		if !o.Has(key) {
			o.reader.Errors.Missing(o.At(key))
			all = false
		}
	}
	return all
}

// Allow reports all other keys.
func (o Object) Allow(keys ...string) {
	if o.reader.AllowUnknown {
		return
	}
	for _, key := range o.Keys() {
		if !slices.Contains(keys, key) {
			o.reader.Errors.Unknown(o.At(key))
		}
	}
}

// read decodes a value of a kind. It leaves target alone where the key is absent or, which is reported, of another kind.
func (o Object) read(key string, want Kind, target any) {
	switch got := o.Kind(key); got {
	case KindAbsent:
	case want:
		_ = json.Unmarshal(o.fields[key], target) // the kind is right
	default:
		o.reader.Errors.WrongType(o.At(key), got, want)
	}
}

// Text returns a string; "" where there is none.
func (o Object) Text(key string) (text string) {
	o.read(key, KindString, &text)
	return text
}

// OptionalText returns a string; nil where there is none.
func (o Object) OptionalText(key string) (text *string) {
	o.read(key, KindString, &text)
	return text
}

// Bool returns a boolean; false where there is none.
func (o Object) Bool(key string) (value bool) {
	o.read(key, KindBool, &value)
	return value
}

// Number returns a number's own text; "" where there is none.
func (o Object) Number(key string) string {
	var number json.Number
	o.read(key, KindNumber, &number)
	return number.String()
}

// Object returns the object of a key; not Found where there is none.
func (o Object) Object(key string) Object {
	child := Object{reader: o.reader, path: o.At(key)}
	o.read(key, KindObject, &child.fields)
	return child
}

// Array returns the array of a key, and its indices in order. It is not Found where there is none.
func (o Object) Array(key string) (array Object, indices []string) {
	array = Object{reader: o.reader, path: o.At(key)}
	var elements []json.RawMessage
	o.read(key, KindArray, &elements)
	if elements == nil {
		return array, nil
	}
	array.fields = map[string]json.RawMessage{}
	for i, element := range elements {
		indices = append(indices, strconv.Itoa(i))
		array.fields[indices[i]] = element
	}
	return array, indices
}
