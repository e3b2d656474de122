package diff

import (
	"maps"
	"slices"
	"testing"
)

func TestMergeCreated(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		plan, answer, want object
		vendorForms        []string
	}{
		"unknown is the answer's":   {object{"name": unknown, "payer": unknown, "parts": unknown}, object{"name": "a", "parts": []any{object{"note": "b"}}}, object{"name": "a", "parts": []any{object{"note": "b"}}}, nil},
		"spelt otherwise":           {object{"name": "a"}, object{"name": "a/"}, object{"name": "a"}, []string{"name"}},
		"a default for nothing":     {object{}, object{"name": "standard"}, object{}, []string{"name"}},
		"the same number":           {object{"amount": "10"}, object{"amount": "10.00"}, object{"amount": "10"}, nil},
		"the same set":              {object{"tags": []any{"a", "b"}}, object{"tags": []any{"b", "a"}}, object{"tags": []any{"a", "b"}}, nil},
		"another set":               {object{"tags": []any{"a"}}, object{"tags": []any{"a", "b"}}, object{"tags": []any{"a"}}, []string{"tags"}},
		"another map":               {object{"labels": object{"a": "1"}}, object{"labels": object{"a": "2"}}, object{"labels": object{"a": "1"}}, []string{"labels"}},
		"deep down":                 {object{"parts": []any{object{"note": "a"}, object{"note": "b"}}}, object{"parts": []any{object{"note": "a"}, object{"note": "B"}}}, object{"parts": []any{object{"note": "a"}, object{"note": "b"}}}, []string{"parts.1.note"}},
		"unknown deep down":         {object{"parts": []any{object{"note": unknown, "amount": "1"}}}, object{"parts": []any{object{"note": "b", "amount": "1.0"}}}, object{"parts": []any{object{"note": "b", "amount": "1"}}}, nil},
		"another length":            {object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{object{"note": "a"}, object{"note": "b"}}}, object{"parts": []any{object{"note": "a"}}}, []string{"parts"}},
		"another length, unknowns":  {object{"parts": []any{object{"note": unknown}}}, object{}, object{"parts": []any{object{}}}, nil},
		"hidden":                    {object{"payer": object{"secret": "x", "note": "a"}}, object{"payer": object{"note": "a"}}, object{"payer": object{"secret": "x", "note": "a"}}, nil},
		"hidden, and shown changed": {object{"payer": object{"secret": "x"}}, object{"payer": object{"secret": "***"}}, object{"payer": object{"secret": "x"}}, []string{"payer.secret"}},
		"hidden in a list":          {object{"parts": []any{object{"secret": "x", "note": "a"}}}, object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{object{"secret": "x", "note": "a"}}}, nil},
		"ours":                      {object{"activate": true}, object{"activate": false}, object{"activate": true}, nil},
		"ours, left to the answer":  {object{"activate": unknown}, object{"activate": false}, object{"activate": false}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, forms := testSchema().MergeCreated(testValue(tc.plan), testValue(tc.answer))
			if !got.Equal(testValue(tc.want)) {
				t.Errorf("got %s", got)
			}
			if keys := slices.Sorted(maps.Keys(forms)); !slices.Equal(keys, tc.vendorForms) {
				t.Errorf("vendor forms %v, want %v", keys, tc.vendorForms)
			}
		})
	}
}

func TestMergeRefreshed(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		plan, first  object // the create: what was planned, what was answered
		later, state object // the refresh: what is answered, what state must hold
	}{
		"the same answer":             {object{"name": "a"}, object{"name": "a/"}, object{"name": "a/"}, object{"name": "a"}},
		"another answer":              {object{"name": "a"}, object{"name": "a/"}, object{"name": "b/"}, object{"name": "b/"}},
		"what was planned":            {object{"name": "a"}, object{"name": "a/"}, object{"name": "a"}, object{"name": "a"}},
		"a default is kept out":       {object{}, object{"name": "standard"}, object{"name": "standard"}, object{}},
		"a default that changes":      {object{}, object{"name": "standard"}, object{"name": "express"}, object{}},
		"a set in another order":      {object{"tags": []any{"a"}}, object{"tags": []any{"a", "b"}}, object{"tags": []any{"b", "a"}}, object{"tags": []any{"a"}}},
		"a number with other zeros":   {object{}, object{"amount": "5"}, object{"amount": "5.00"}, object{}},
		"a map that grows":            {object{"labels": object{"a": "1"}}, object{"labels": object{"a": "1"}}, object{"labels": object{"a": "1", "b": "2"}}, object{"labels": object{"a": "1", "b": "2"}}},
		"a value that is left out":    {object{"name": "a", "tags": []any{"a"}, "payer": object{"note": "n"}}, object{"name": "a", "tags": []any{"a"}, "payer": object{"note": "n"}}, object{"name": "", "tags": []any{}, "payer": object{}}, object{"name": "a", "tags": []any{"a"}, "payer": object{"note": "n"}}},
		"left out in a list":          {object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{object{}}}, object{"parts": []any{object{"note": "a"}}}},
		"filled in later":             {object{}, object{}, object{"name": "a"}, object{}},
		"a list that shrinks":         {object{"parts": []any{object{"note": "a"}, object{"note": "b"}}}, object{"parts": []any{object{"note": "a"}, object{"note": "b"}}}, object{"parts": []any{object{"note": "a"}}}, object{"parts": []any{object{"note": "a"}}}},
		"hidden":                      {object{"payer": object{"note": "a", "secret": "x"}}, object{"payer": object{"note": "a"}}, object{"payer": object{"note": "a"}}, object{"payer": object{"note": "a", "secret": "x"}}},
		"hidden beside a drift":       {object{"payer": object{"note": "a", "secret": "x"}}, object{"payer": object{"note": "a"}}, object{"payer": object{"note": "b"}}, object{"payer": object{"note": "b", "secret": "x"}}},
		"hidden, and shown otherwise": {object{"payer": object{"secret": "x"}}, object{"payer": object{}}, object{"payer": object{"secret": "y"}}, object{"payer": object{"secret": "y"}}},
		"ours":                        {object{"activate": true}, object{"activate": true}, object{"activate": false}, object{"activate": true}},
		"the vendor's":                {object{"status": unknown}, object{"status": "a"}, object{"status": "b"}, object{"status": "b"}},
		"the vendor's, left out":      {object{"status": unknown}, object{"status": "a"}, object{}, object{"status": "a"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := testSchema()
			created, forms := s.MergeCreated(testValue(tc.plan), testValue(tc.first))
			got := s.MergeRefreshed(created, testValue(tc.later), forms)
			if !got.Equal(testValue(tc.state)) {
				t.Errorf("got %s", got)
			}
			if again := s.MergeRefreshed(got, testValue(tc.later), forms); !again.Equal(got) {
				t.Errorf("a second refresh moves it: %s", again)
			}
		})
	}
}

func TestMissingArguments(t *testing.T) {
	t.Parallel()
	full := object{"amount": "1", "name": "a", "flag": false, "number": 0, "tags": []any{"a"}, "labels": object{"a": "1"}, "parts": []any{object{"amount": "1", "note": "a", "secret": "x"}}, "payer": object{"amount": "1", "note": "a", "secret": "x"}}
	with := func(changes object) object {
		out := maps.Clone(full)
		maps.Copy(out, changes)
		return out
	}
	for name, tc := range map[string]struct {
		answer object
		want   []string
	}{
		"everything is null":  {object{}, []string{"amount", "flag", "labels", "name", "number", "parts", "payer", "tags"}},
		"everything is shown": {full, nil},
		"empty values":        {with(object{"name": "", "tags": []any{}, "payer": object{}}), []string{"name", "payer", "tags"}},
		"one of a list":       {with(object{"parts": []any{object{"amount": "1", "note": "a", "secret": "x"}, object{"amount": "1", "note": "a"}}}), []string{"parts.secret"}},
		"a part of an object": {with(object{"payer": object{"note": "a"}}), []string{"payer.amount", "payer.secret"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := testSchema().MissingArguments(testValue(tc.answer)); !slices.Equal(got, tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
}

func TestTakenOnTrust(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		state, plan object
		missing     []string
		want        []string
	}{
		"filled in":              {object{}, object{"name": "a", "payer": object{"note": "n", "secret": "x"}}, []string{"name", "payer"}, []string{"name", "payer.note"}},
		"filled in, in a list":   {object{"parts": []any{object{}}}, object{"parts": []any{object{"note": "n"}}}, []string{"parts.note"}, []string{"parts.note"}},
		"a list that is new":     {object{}, object{"parts": []any{object{"note": "n"}}}, []string{"parts"}, []string{"parts"}},
		"shown at the import":    {object{}, object{"name": "a"}, []string{"payer"}, nil},
		"filled in before":       {object{"name": "a"}, object{"name": "a"}, []string{"name"}, nil},
		"not configured":         {object{}, object{}, []string{"name"}, nil},
		"hidden by the vendor":   {object{}, object{"payer": object{"secret": "x"}}, []string{"payer"}, nil},
		"another value in state": {object{"name": "b"}, object{"name": "a"}, []string{"name"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := testSchema().TakenOnTrust(testValue(tc.state), testValue(tc.plan), tc.missing); !slices.Equal(got, tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
		})
	}
}

// The hash of a vendor's form does not repeat the values.
func TestVendorFormsDoNotRepeatValues(t *testing.T) {
	t.Parallel()
	_, one := testSchema().MergeCreated(testValue(object{"name": "a"}), testValue(object{"name": "ada@example.com"}))
	_, two := testSchema().MergeCreated(testValue(object{"name": "a"}), testValue(object{"name": "bob@example.com"}))
	if one["name"] == two["name"] || len(one["name"]) != 16 {
		t.Errorf("%q and %q", one["name"], two["name"])
	}
}

// The state's form of an equal value stays, element by element; nothing else is touched.
func TestKeepEqual(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ state, plan, want object }{
		"number":                {object{"amount": "10.00"}, object{"amount": "10"}, object{"amount": "10.00"}},
		"another number":        {object{"amount": "10.00"}, object{"amount": "10.01"}, object{"amount": "10.01"}},
		"first value":           {object{}, object{"name": "a"}, object{"name": "a"}},
		"removed":               {object{"name": "a"}, object{}, object{}},
		"emptied":               {object{}, object{"name": ""}, object{"name": ""}},
		"not known yet":         {object{"name": "a"}, object{"name": unknown}, object{"name": unknown}},
		"text":                  {object{"name": "a\n"}, object{"name": "a"}, object{"name": "a\n"}},
		"set":                   {object{"tags": []any{"a"}}, object{"tags": []any{"a", nil}}, object{"tags": []any{"a"}}},
		"map":                   {object{"labels": object{"x": "1"}}, object{"labels": object{"x": "1.0"}}, object{"labels": object{"x": "1"}}},
		"beside a change":       {object{"payer": object{"note": "a", "amount": "1"}}, object{"payer": object{"note": "b", "amount": "1.0"}}, object{"payer": object{"note": "b", "amount": "1"}}},
		"in a list":             {object{"parts": []any{object{"amount": "1", "note": "x"}}}, object{"parts": []any{object{"amount": "1.0"}}}, object{"parts": []any{object{"amount": "1"}}}},
		"in a list that grows":  {object{"parts": []any{object{"amount": "1"}}}, object{"parts": []any{object{"amount": "1.0"}, object{"amount": "2.0"}}}, object{"parts": []any{object{"amount": "1"}, object{"amount": "2.0"}}}},
		"of an object that was": {object{}, object{"payer": object{"note": "a"}}, object{"payer": object{"note": "a"}}},
	} {
		plan := testValue(tc.plan)
		if got := testSchema().KeepEqual(testValue(tc.state), plan); !got.Equal(testValue(tc.want)) || !plan.Equal(testValue(tc.plan)) {
			t.Errorf("%s: got %s", name, got)
		}
	}
}
