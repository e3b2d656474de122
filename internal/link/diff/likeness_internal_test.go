package diff

import "testing"

// A link that a create may have left behind is the same, or one that only the vendor's spelling tells apart, or another.
func TestLikeness(t *testing.T) {
	t.Parallel()
	parts := func(parts ...any) object { return object{"parts": parts} }
	for name, tc := range map[string]struct {
		plan, answer object
		unique       []string
		want         Likeness
	}{
		"the same":                    {object{"amount": "10", "name": "a"}, object{"amount": "10.00", "name": "a"}, nil, Same},
		"unknown":                     {object{"name": unknown}, object{"name": "a"}, nil, Same},
		"unknown deep down":           {parts(object{"note": unknown, "amount": "1"}), parts(object{"note": "b", "amount": "1.0"}), nil, Same},
		"the vendor's own":            {object{"status": unknown}, object{"status": "open"}, nil, Same},
		"hidden":                      {object{"payer": object{"secret": "x"}}, object{}, nil, Same},
		"another case":                {object{"name": "Order 42"}, object{"name": "ORDER 42"}, nil, Similar},
		"without blanks":              {object{"name": "FR76 3000 6000"}, object{"name": "FR7630006000"}, nil, Similar},
		"white space around":          {object{"name": " Order\t42\n"}, object{"name": "Order 42"}, nil, Similar},
		"punctuation":                 {object{"name": "https://shop.example/x"}, object{"name": "https://shop.example/x/"}, nil, Similar},
		"cut off":                     {object{"name": "Order 42, two chairs"}, object{"name": "Order 42, two"}, nil, Similar},
		"cut off with an ellipsis":    {object{"name": "Order 42, two chairs"}, object{"name": "Order 42, t…"}, nil, Similar},
		"with something behind":       {object{"name": "Order 42"}, object{"name": "Order 42 (copy)"}, nil, Similar},
		"a default for nothing":       {object{}, object{"name": "standard"}, nil, Similar},
		"hidden, and not written":     {object{"payer": object{"note": "a"}}, object{"payer": object{"note": "a", "secret": "x"}}, nil, Same},
		"hidden, of no object":        {object{}, object{"payer": object{"secret": "x"}}, nil, Similar},
		"hidden, and shown changed":   {object{"payer": object{"secret": "secret"}}, object{"payer": object{"secret": "sec***"}}, nil, Similar},
		"a text that is left out":     {object{"name": "a"}, object{}, nil, Similar},
		"an amount that is left out":  {object{"amount": "10"}, object{}, nil, Similar},
		"an object that is left out":  {object{"payer": object{"note": "x"}}, object{}, nil, Similar},
		"a list that is left out":     {parts(object{"note": unknown}), object{}, nil, Similar},
		"deep down":                   {parts(object{"note": "a"}, object{"note": "b"}), parts(object{"note": "a"}, object{"note": "B"}), nil, Similar},
		"a set in another case":       {object{"tags": []any{"a", "b"}}, object{"tags": []any{"B", "A"}}, nil, Similar},
		"a map in another case":       {object{"labels": object{"a": "x"}}, object{"labels": object{"a": "x"}}, nil, Same},
		"another text":                {object{"name": "Order 42"}, object{"name": "Order 43"}, nil, Different},
		"another amount":              {object{"amount": "10", "name": "a"}, object{"amount": "10.01", "name": "a"}, nil, Different},
		"an amount cut off":           {object{"amount": "100"}, object{"amount": "10"}, nil, Different},
		"an amount for nothing":       {parts(object{"note": "a"}), parts(object{"note": "a", "amount": "1"}), nil, Different},
		"an amount deep down":         {parts(object{"amount": "1"}), parts(object{"amount": "2"}), nil, Different},
		"another flag":                {object{"flag": true}, object{"flag": false}, nil, Different},
		"another number":              {object{"number": 1}, object{"number": 2}, nil, Different},
		"another length":              {parts(object{"note": "a"}), parts(object{"note": "a"}, object{"note": "b"}), nil, Different},
		"a list for nothing":          {object{}, parts(object{"note": "a"}), nil, Different},
		"another set":                 {object{"tags": []any{"a"}}, object{"tags": []any{"a", "b"}}, nil, Different},
		"another key":                 {object{"labels": object{"a": "1"}}, object{"labels": object{"a": "1", "b": "2"}}, nil, Different},
		"another value of a map":      {object{"labels": object{"a": "1"}}, object{"labels": object{"a": "2"}}, nil, Different},
		"one text of two is another":  {object{"name": "a", "payer": object{"note": "b"}}, object{"name": "A", "payer": object{"note": "c"}}, nil, Different},
		"a unique text, cut off":      {object{"name": "inv_12"}, object{"name": "inv_1"}, []string{"name"}, Different},
		"a unique text in upper case": {object{"name": "inv_1"}, object{"name": "INV_1"}, []string{"name"}, Similar},
		"a unique text for nothing":   {object{}, object{"name": "inv_1"}, []string{"name"}, Different},
		"a unique text left out":      {object{"name": "inv_1"}, object{}, []string{"name"}, Similar},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := testSchema().Likeness(testValue(tc.plan), testValue(tc.answer), tc.unique); got != tc.want {
				t.Errorf("got %d, want %d", got, tc.want)
			}
		})
	}
}
