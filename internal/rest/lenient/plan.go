package lenient

import (
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// kind is what a target takes.
type kind int

const (
	other   kind = iota // as encoding/json has it
	custom              // a json.Unmarshaler
	pointer             // to elem
	object
	array
	mapping
	text
	number // the text of one
	amount // a number in a text, tagged `lenient:"decimal"`
	boolean
	integer
)

// plan is how values of a type are decoded. It is made once per type.
type plan struct {
	kind   kind
	elem   *plan            // of a pointer or an array
	fields map[string]field // of an object
	unread []int            // index of the Unread in an object; nil for none
	// takesText tells that "" is a value and not an absent one.
	takesText bool
}

type field struct {
	name  string
	index []int
	plan  *plan
}

var (
	plans       sync.Map // of reflect.Type, to *plan
	unmarshaler = reflect.TypeFor[json.Unmarshaler]()
	unreadType  = reflect.TypeFor[Unread]()
	numberType  = reflect.TypeFor[json.Number]()
)

func planOf(t reflect.Type) *plan {
	if known, ok := plans.Load(t); ok {
		p, _ := known.(*plan)
		return p
	}
	p := newPlan(t)
	plans.Store(t, p)
	return p
}

func newPlan(t reflect.Type) *plan {
	switch {
	case reflect.PointerTo(t).Implements(unmarshaler):
		return &plan{kind: custom}
	case t == numberType:
		return &plan{kind: number}
	}
	switch t.Kind() {
	case reflect.Pointer:
		elem := planOf(t.Elem())
		return &plan{kind: pointer, elem: elem, takesText: elem.takesText}
	case reflect.Struct:
		p := &plan{kind: object, fields: map[string]field{}}
		p.addFields(t, nil)
		return p
	case reflect.Slice:
		return &plan{kind: array, elem: planOf(t.Elem())}
	case reflect.Map:
		return &plan{kind: mapping}
	case reflect.String:
		return &plan{kind: text, takesText: true}
	case reflect.Bool:
		return &plan{kind: boolean}
	case reflect.Int, reflect.Int64:
		return &plan{kind: integer}
	}
	return &plan{takesText: true}
}

// addFields adds the fields of a struct below an index, and those of the structs that it embeds. The outer of two fields of one name
// counts.
func (p *plan) addFields(t reflect.Type, below []int) {
	var embedded []reflect.StructField
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		index := append(append([]int{}, below...), i)
		switch {
		case f.Type == unreadType:
			if p.unread == nil {
				p.unread = index
			}
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			embedded = append(embedded, f)
		case f.IsExported() && name != "-":
			if name == "" {
				name = f.Name
			}
			of := planOf(f.Type)
			if f.Tag.Get("lenient") == "decimal" && of.kind == text {
				of = &plan{kind: amount}
			}
			if _, taken := p.fields[name]; !taken {
				p.fields[name] = field{name, index, of}
			}
		}
	}
	for _, f := range embedded {
		p.addFields(f.Type, append(append([]int{}, below...), f.Index...))
	}
}
