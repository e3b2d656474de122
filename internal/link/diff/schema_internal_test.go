package diff

import (
	"math/big"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

var (
	partType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"amount": tftypes.String, "note": tftypes.String, "secret": tftypes.String}}
	testType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"amount": tftypes.String, "name": tftypes.String, "flag": tftypes.Bool, "number": tftypes.Number, "activate": tftypes.Bool,
		"tags": tftypes.Set{ElementType: tftypes.String}, "labels": tftypes.Map{ElementType: tftypes.String}, "parts": tftypes.List{ElementType: partType}, "payer": partType, "status": tftypes.String,
	}}
	unknown = tftypes.UnknownValue
)

// object is shorthand for the values of testType and partType.
type object = map[string]any

func testSchema() Schema {
	part := map[string]schema.Attribute{
		"amount": schema.StringAttribute{Optional: true, CustomType: money.DecimalType{}},
		"note":   schema.StringAttribute{Optional: true},
		"secret": schema.StringAttribute{Optional: true, Computed: true},
	}
	return NewSchema(schema.Schema{Attributes: map[string]schema.Attribute{
		"amount":   schema.StringAttribute{Required: true, CustomType: money.DecimalType{}},
		"name":     schema.StringAttribute{Optional: true},
		"flag":     schema.BoolAttribute{Optional: true},
		"number":   schema.NumberAttribute{Optional: true},
		"activate": schema.BoolAttribute{Optional: true, Computed: true},
		"tags":     schema.SetAttribute{Optional: true, ElementType: types.StringType},
		"labels":   schema.MapAttribute{Optional: true, ElementType: money.DecimalType{}},
		"parts":    schema.ListNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: part}},
		"payer":    schema.SingleNestedAttribute{Optional: true, Attributes: part},
		"status":   schema.StringAttribute{Computed: true},
	}}, []string{"activate"}, []string{"parts.secret", "payer.secret"}, nil)
}

// valueOf builds a value of the type; attributes that are left out are null.
func valueOf(t tftypes.Type, v any) tftypes.Value {
	switch v := v.(type) {
	case object:
		out := map[string]tftypes.Value{}
		if m, ok := t.(tftypes.Map); ok {
			for name, element := range v {
				out[name] = valueOf(m.ElementType, element)
			}
			return tftypes.NewValue(t, out)
		}
		for name, nested := range t.(tftypes.Object).AttributeTypes {
			out[name] = valueOf(nested, v[name])
		}
		return tftypes.NewValue(t, out)
	case []any:
		element := partTypeOrText(t)
		out := []tftypes.Value{}
		for _, nested := range v {
			out = append(out, valueOf(element, nested))
		}
		return tftypes.NewValue(t, out)
	case int:
		return tftypes.NewValue(t, big.NewFloat(float64(v)))
	default:
		return tftypes.NewValue(t, v)
	}
}

func partTypeOrText(t tftypes.Type) tftypes.Type {
	if list, ok := t.(tftypes.List); ok {
		return list.ElementType
	}
	return tftypes.String
}

func testValue(v object) tftypes.Value { return valueOf(testType, v) }

func TestEqual(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		a, b object
		want bool
	}{
		"numbers in text":            {object{"amount": "10"}, object{"amount": "10.0000000000"}, true},
		"other numbers":              {object{"amount": "10"}, object{"amount": "10.01"}, false},
		"exponents are text":         {object{"amount": "100"}, object{"amount": "1e2"}, false},
		"an exponent to choke on":    {object{"amount": "1"}, object{"amount": "1e1000000000"}, false},
		"no numbers at all":          {object{"amount": "abc"}, object{"amount": "abc"}, true},
		"text is not a number":       {object{"name": "10"}, object{"name": "10.0"}, false},
		"null and empty text":        {object{}, object{"name": ""}, true},
		"CRLF and LF":                {object{"name": "a\nb"}, object{"name": "a\r\nb"}, true},
		"white space at the end":     {object{"name": "a"}, object{"name": "a \t\r\n"}, true},
		"a UUID in another case":     {object{"name": "019788b3-57ab-727c-b26e-86b95c16e93f"}, object{"name": "019788B3-57AB-727C-B26E-86B95C16E93F"}, true},
		"other texts differ in case": {object{"name": "a"}, object{"name": "A"}, false},
		"white space at the front":   {object{"name": "a"}, object{"name": " a"}, false},
		"null and white space":       {object{}, object{"name": " \n"}, true},
		"a null in a set":            {object{"tags": []any{"a"}}, object{"tags": []any{nil, "a"}}, true},
		"an empty text in a set":     {object{"tags": []any{"a"}}, object{"tags": []any{"", "a"}}, false},
		"nothing but nulls in a set": {object{}, object{"tags": []any{nil}}, true},
		"texts in a set":             {object{"tags": []any{"a", "b"}}, object{"tags": []any{"b\r\n", "a "}}, true},
		"null and a text":            {object{}, object{"name": "x"}, false},
		"null and false":             {object{}, object{"flag": false}, false},
		"null and zero":              {object{}, object{"number": 0}, false},
		"null and an empty set":      {object{}, object{"tags": []any{}}, true},
		"null and an empty list":     {object{}, object{"parts": []any{}}, true},
		"null and {}":                {object{}, object{"payer": object{}}, true},
		"null and {empty}":           {object{}, object{"payer": object{"note": ""}}, true},
		"null and an object":         {object{}, object{"payer": object{"note": "x"}}, false},
		"null and [{}]":              {object{}, object{"parts": []any{object{}}}, false},
		"sets in another order":      {object{"tags": []any{"a", "b", "c"}}, object{"tags": []any{"c", "a", "b"}}, true},
		"other sets":                 {object{"tags": []any{"a", "b"}}, object{"tags": []any{"a", "c"}}, false},
		"sets of other sizes":        {object{"tags": []any{"a", "b"}}, object{"tags": []any{"a"}}, false},
		"lists in another order":     {object{"parts": []any{object{"note": "a"}, object{"note": "b"}}}, object{"parts": []any{object{"note": "b"}, object{"note": "a"}}}, false},
		"lists of other sizes":       {object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{object{"note": "a"}, object{}}}, false},
		"numbers in lists":           {object{"parts": []any{object{"amount": "1.50"}}}, object{"parts": []any{object{"amount": "1.5"}}}, true},
		"numbers in objects":         {object{"payer": object{"amount": "1.50"}}, object{"payer": object{"amount": "1.5"}}, true},
		"null and an empty map":      {object{}, object{"labels": object{}}, true},
		"numbers in maps":            {object{"labels": object{"a": "1.50", "b": "2"}}, object{"labels": object{"b": "2.0", "a": "1.5"}}, true},
		"another number in a map":    {object{"labels": object{"a": "1"}}, object{"labels": object{"a": "2"}}, false},
		"another key in a map":       {object{"labels": object{"a": "1"}}, object{"labels": object{"b": "1"}}, false},
		"one key more in a map":      {object{"labels": object{"a": "1"}}, object{"labels": object{"a": "1", "b": "1"}}, false},
		"a null in a map":            {object{"labels": object{"a": "1"}}, object{"labels": object{"a": "1", "b": nil}}, true},
		"nothing but nulls":          {object{}, object{"labels": object{"a": nil}}, true},
		"an unknown is like no one":  {object{"name": unknown}, object{"name": unknown}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := testValue(tc.a), testValue(tc.b)
			if s := testSchema(); s.equal(location{}, a, b) != tc.want || s.equal(location{}, b, a) != tc.want {
				t.Errorf("want %v both ways", tc.want)
			}
		})
	}
}

// A vendor may answer a code in small letters: it is the same currency, and no reason for a new link.
func TestCurrenciesAreEqualInEitherCase(t *testing.T) {
	t.Parallel()
	text := func(v string) tftypes.Value { return tftypes.NewValue(tftypes.String, v) }
	for schemaPath, tc := range map[string]struct {
		a, b string
		want bool
	}{
		"currency": {"EUR", "eur", true}, "parts.price.currency": {"EUR", "eur\n", true}, "parts.currency": {"EUR", "USD", false},
		"note": {"EUR", "eur", false}, "cryptocurrency": {"EUR", "eur", false},
	} {
		s, at, a, b := testSchema(), location{schemaPath: schemaPath}, text(tc.a), text(tc.b)
		if s.equal(at, a, b) != tc.want || (s.canonical(at, a) == s.canonical(at, b)) != tc.want {
			t.Errorf("%s: %q and %q: want %v", schemaPath, tc.a, tc.b, tc.want)
		}
	}
}

func TestReplacements(t *testing.T) {
	t.Parallel()
	secrets := []string{"payer.secret", "parts.secret"}
	for name, tc := range map[string]struct {
		state, plan object
		hidden      []string
		want        []string
	}{
		"nothing":                           {object{"name": "a"}, object{"name": "a"}, nil, nil},
		"several, sorted":                   {object{"name": "a", "amount": "1"}, object{"name": "b", "amount": "2", "flag": true}, nil, []string{"amount", "flag", "name"}},
		"what the vendor says":              {object{"status": "a"}, object{"status": unknown}, nil, nil},
		"activate":                          {object{"activate": true}, object{"activate": false}, nil, nil},
		"unknown":                           {object{"name": "a"}, object{"name": unknown}, nil, nil},
		"unknown over null":                 {object{}, object{"name": unknown}, nil, nil},
		"unknown in a set":                  {object{"tags": []any{"a"}}, object{"tags": []any{unknown}}, nil, nil},
		"unknown in a set that has another": {object{"tags": []any{"a"}}, object{"tags": []any{"b", unknown}}, nil, []string{"tags"}},
		"too few for the set":               {object{"tags": []any{"a", "b", "c"}}, object{"tags": []any{"a", unknown}}, nil, []string{"tags"}},
		"unknown beside a change":           {object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{object{"note": unknown, "amount": "2"}}}, nil, []string{"parts"}},
		"unknown deep down":                 {object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{object{"note": unknown}}}, nil, nil},
		"unknown element":                   {object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{unknown}}, nil, nil},
		"removed":                           {object{"name": "a"}, object{}, nil, []string{"name"}},
		"object removed":                    {object{"payer": object{"note": "a"}}, object{}, nil, []string{"payer"}},
		"list shrunk":                       {object{"parts": []any{object{"note": "a"}, object{"note": "b"}}}, object{"parts": []any{object{"note": "a"}}}, nil, []string{"parts"}},
		"hidden filled in":                  {object{"payer": object{"note": "a"}}, object{"payer": object{"note": "a", "secret": "x"}}, secrets, nil},
		"hidden filled in, unknown":         {object{"payer": object{"note": "a"}}, object{"payer": object{"note": "a", "secret": unknown}}, secrets, nil},
		"hidden filled in, object and all":  {object{}, object{"payer": object{"secret": "x"}}, secrets, nil},
		"hidden filled in, and more":        {object{}, object{"payer": object{"secret": "x", "note": "a"}}, secrets, []string{"payer"}},
		"hidden filled in, in a list":       {object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{object{"note": "a", "secret": "x"}}}, secrets, nil},
		"hidden filled in, list grown":      {object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{object{"note": "a", "secret": "x"}, object{"secret": "y"}}}, secrets, []string{"parts"}},
		"hidden changed":                    {object{"payer": object{"secret": "x"}}, object{"payer": object{"secret": "y"}}, secrets, []string{"payer"}},
		"hidden taken away":                 {object{"payer": object{"secret": "x", "note": "a"}}, object{"payer": object{"note": "a"}}, secrets, []string{"payer"}},
		"null, and not known to be hidden":  {object{"payer": object{"note": "a"}}, object{"payer": object{"note": "a", "secret": "x"}}, nil, []string{"payer"}},
		"hidden elsewhere":                  {object{"payer": object{"note": "a"}}, object{"payer": object{"note": "a", "secret": "x"}}, []string{"parts.secret"}, []string{"payer"}},
		"map shrunk":                        {object{"labels": object{"a": "1", "b": "2"}}, object{"labels": object{"a": "1"}}, nil, []string{"labels"}},
		"unknown in a map":                  {object{"labels": object{"a": "1"}}, object{"labels": object{"a": unknown}}, nil, nil},
		"a map with other zeros":            {object{"labels": object{"a": "1"}}, object{"labels": object{"a": "1.0"}}, nil, nil},
		"other zeros beside a hidden field": {object{"payer": object{"amount": "1"}}, object{"payer": object{"amount": "1.0", "secret": unknown}}, secrets, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := testSchema().Replacements(testValue(tc.state), testValue(tc.plan), tc.hidden); !slices.Equal(got, tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
}
