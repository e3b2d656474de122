package gigs_test

import (
	"maps"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
)

// The invoices of the tests; the first is the vendor's sample.
const (
	invoiceID    = "inv_0SNlurA049MEWV1QTRqvd18YuG25"
	otherInvoice = "inv_0SNlurA049MEWV1QTRqvd18YuG26"
)

func payer() object {
	return object{"full_name": payerName, "email": payerEmail, "tax_number": payerTax}
}

// stored is a link whose payer is kept in state; changes replace attributes by dotted path.
func stored(changes ...object) object {
	return changed(object{
		"invoice": invoiceID,
		"ebanx":   object{"redirect_url": "https://example.com/thanks?order=1", "user": payer()},
	}, changes)
}

// minimal has nothing that is optional.
func minimal(changes ...object) object {
	return changed(object{"invoice": invoiceID, "ebanx": object{"user": payer()}}, changes)
}

// writeOnly is a link whose payer is in no state.
func writeOnly(changes ...object) object {
	return changed(object{
		"invoice": invoiceID,
		"ebanx":   object{"redirect_url": "https://example.com/thanks?order=1", "user_wo": payer(), "user_wo_version": 1},
	}, changes)
}

// shapes are the kinds of link.
var shapes = map[string]func(...object) object{"stored": stored, "minimal": minimal, "write-only": writeOnly}

func changed(config object, changes []object) object {
	for _, change := range changes {
		for path, value := range change {
			config = with(config, path, value)
		}
	}
	return config
}

// with is a copy of config with another value at a dotted path.
func with(config object, path string, value any) object {
	out := maps.Clone(config)
	if out == nil {
		out = object{}
	}
	name, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		out[name] = value
		return out
	}
	nested, _ := config[name].(object)
	out[name] = with(nested, rest, value)
	return out
}

// at is the value of a dotted path.
func at(in any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		nested, ok := in.(object)
		if !ok {
			return nil
		}
		in = nested[name]
	}
	return in
}

// leaves are the dotted paths of everything in a configuration that is no object.
func leaves(prefix string, in any) []string {
	nested, ok := in.(object)
	if !ok {
		return []string{prefix}
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(nested)) {
		out = append(out, leaves(strings.TrimPrefix(prefix+"."+name, "."), nested[name])...)
	}
	return out
}

// top is the first part of a dotted path.
func top(path string) string {
	name, _, _ := strings.Cut(path, ".")
	return name
}

const unknown = acctest.Unknown
